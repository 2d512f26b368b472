"""What programs do with Docker's Python SDK; the first refusal ends it with a traceback."""

import io
import tarfile

import docker


def one_file(name, content):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return archive.getvalue()


def containers(client):
    # A private engine has no default bridge.
    network = client.networks.create("sdk-home", labels={"a": "b"})
    volume = client.volumes.create("sdk-data", labels={"a": "b"})
    container = client.containers.run(
        "e2e:1", ["sleep", "1000"], detach=True, name="sdk", network="sdk-home",
        environment={"A": "b"},
        volumes={"sdk-data": {"bind": "/data", "mode": "rw"}}, mem_limit="64m", nano_cpus=500_000_000,
        pids_limit=50, cap_drop=["ALL"], security_opt=["no-new-privileges"], user="1000",
        read_only=True, tmpfs={"/tmp": "size=1m"}, labels={"team": "web"})
    code, output = container.exec_run(["id", "-u"], user="1000")
    assert (code, output) == (0, b"1000\n"), (code, output)
    assert container.stats(stream=False)["id"] == container.id
    container.top()
    container.logs(tail=5)
    container.update(mem_limit="128m", memswap_limit="256m")
    assert client.containers.list(filters={"label": "team=web"}) == [container]
    container.rename("sdk-renamed")
    container.restart(timeout=1)
    container.stop(timeout=1)
    container.wait()
    container.remove(v=True)
    volume.remove()
    network.remove()


def files(client):
    container = client.containers.create("e2e:1", ["true"])
    assert container.put_archive("/tmp", one_file("note", b"hello"))
    chunks, facts = container.get_archive("/tmp/note")
    assert facts["size"] == 5 and b"".join(chunks)
    container.start()
    container.wait()
    container.commit("sdk-committed", "1", conf={"Env": ["C=d"]})
    container.remove()
    client.images.remove("sdk-committed:1")


def images(client):
    image, _ = client.images.build(
        fileobj=io.BytesIO(b"FROM e2e:1\nLABEL a=b\n"), tag="sdk-built:1", rm=True)
    assert image.labels == {"a": "b"}
    image.tag("sdk-tagged", "1")
    saved = b"".join(image.save())
    client.images.load(saved)
    image.history()
    client.images.remove("sdk-tagged:1")
    client.images.remove("sdk-built:1")
    client.images.prune()


def networks(client):
    network = client.networks.create("sdk-net", driver="bridge", labels={"a": "b"})
    container = client.containers.create("e2e:1", ["true"])
    network.connect(container, aliases=["web"])
    network.disconnect(container)
    container.remove()
    network.remove()


def main():
    client = docker.from_env()
    assert client.ping()
    client.version()
    client.info()
    client.df()
    containers(client)
    files(client)
    images(client)
    networks(client)


main()
