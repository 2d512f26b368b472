#!/bin/bash
# Honest traffic: what people do all day with the docker client, Compose and the Python SDK passes the
# plugin under `baseline`.
# usage: clients.sh RELEASE BUILD    RELEASE: of engine.sh; BUILD: a finished build directory
source "$(dirname "$0")/lib.sh"

here=$(dirname "$(realpath "$0")")

guard() {
  plugin_folder
  allowed docker plugin create lua-authz "$work/plugin"
  allowed docker plugin set lua-authz policy.source="$policy" audit.source="$audit"
  enable
  chain lua-authz
  denied container.no-privileged] docker create --privileged e2e:1
}

about_engine() {
  allowed docker version
  allowed docker info
  allowed docker system df
  allowed docker events --since 1m --until 0s
  allowed docker plugin ls
}

images() {
  start_registry
  allowed docker login -u someone -p something "$registry"
  allowed docker tag e2e:1 "$registry/team/e2e:1"
  allowed docker push "$registry/team/e2e:1"
  allowed docker rmi "$registry/team/e2e:1"
  allowed docker pull "$registry/team/e2e:1"
  allowed docker logout "$registry"
  allowed docker images --filter dangling=false --digests
  allowed docker image inspect e2e:1
  allowed docker history e2e:1
  allowed docker save -o "$work/image.tar" e2e:1
  allowed docker load -i "$work/image.tar"
  allowed docker image prune -f
}

builds() {
  mkdir "$work/context"
  # shellcheck disable=SC2016 # for the build to expand
  printf 'FROM e2e:1\nARG WHO=nobody\nCOPY . /src\nRUN echo "$WHO" >/who\n' >"$work/context/Dockerfile"
  DOCKER_BUILDKIT=0 allowed docker build --network none --build-arg WHO=me -t built:classic "$work/context"
  DOCKER_BUILDKIT=1 allowed docker build --network none --build-arg WHO=me -t built:kit "$work/context"
  allowed docker run --rm built:kit grep -x me /who
}

containers() {
  # The private engine has no default bridge.
  local network=tour-${work##*.}
  allowed docker network create --label a=b "$network"
  allowed docker run -d --name plain --network "$network" -e A=b -l team=web -v data:/data -p 127.0.0.1::8080 e2e:1 sleep 1000
  allowed docker run -d --name careful --network "$network" --user 1000:1000 --read-only --tmpfs /tmp:rw,size=16m --memory 64m \
    --cpus 0.5 --pids-limit 50 --cap-drop ALL --cap-add NET_BIND_SERVICE --security-opt no-new-privileges \
    --restart on-failure:2 --hostname h --init --mount type=volume,src=data,dst=/data,readonly \
    --health-cmd true --ulimit nofile=64 --sysctl net.ipv4.ip_unprivileged_port_start=0 \
    --log-driver json-file --log-opt max-size=1m --stop-timeout 1 e2e:1 sleep 1000
  allowed docker exec plain id
  allowed docker exec -u 1000 -w /tmp -e A=b plain env
  allowed docker exec -d plain sleep 1
  allowed docker ps -a --no-trunc --filter label=team=web
  allowed docker inspect plain careful
  allowed docker logs --tail 10 plain
  allowed docker top plain
  allowed docker stats --no-stream plain
  allowed docker port plain
  allowed docker diff plain
  echo hi >"$work/file"
  allowed docker cp "$work/file" plain:/tmp/file
  allowed docker cp plain:/tmp/file "$work/back"
  allowed docker pause plain
  allowed docker unpause plain
  allowed docker update --memory 128m --memory-swap 256m --restart no plain
  allowed docker rename plain renamed
  allowed docker commit -m why --change 'ENV C=d' renamed committed:1
  allowed docker export -o "$work/export.tar" renamed
  allowed docker import "$work/export.tar" imported:1
  allowed docker stop -t 1 renamed
  allowed docker start renamed
  allowed docker restart -t 1 renamed
  allowed docker kill -s KILL renamed
  allowed docker wait renamed
  echo 'echo from a shell' >"$work/script"
  allowed docker run --rm -i e2e:1 sh <"$work/script"
  [ "$(cat "$work/output")" = 'from a shell' ] || die "the script printed: $(cat "$work/output")"
  allowed docker create -it --name terminal e2e:1 sh
  allowed docker rm -fv renamed careful terminal
  allowed docker network rm "$network"
  allowed docker container prune -f
}

volumes_and_networks() {
  local network=net-${work##*.} subnet=172.31.$((RANDOM % 250))
  allowed docker volume create --label a=b kept
  allowed docker volume ls
  allowed docker volume inspect kept
  allowed docker volume rm kept
  allowed docker volume create -o type=tmpfs -o device=tmpfs -o o=size=1m memory
  allowed docker volume prune -f
  allowed docker network create --subnet "$subnet.0/24" --label a=b "$network"
  allowed docker run -d --name member e2e:1 sleep 1000
  allowed docker network connect --ip "$subnet.5" --alias web "$network" member
  allowed docker network inspect "$network"
  allowed docker network disconnect "$network" member
  allowed docker rm -f member
  allowed docker network rm "$network"
  allowed docker network ls
  allowed docker network prune -f
}

compose() {
  local project=(docker-compose -p "c${work##*.}" -f "$here/compose/docker-compose.yml")
  project=("${project[@],,}")
  allowed "${project[@]}" up -d
  allowed "${project[@]}" ps
  allowed "${project[@]}" exec -T web id
  allowed "${project[@]}" logs
  allowed "${project[@]}" run --rm -T job true
  allowed "${project[@]}" restart -t 1 web
  # Compose 1 cannot recreate a container on a newer engine.
  allowed "${project[@]}" up -d --no-recreate
  allowed "${project[@]}" down -v -t 1 --rmi local
}

begin "$@"
guard
about_engine
step "the engine's state has been read"
images
step "images have come and gone"
builds
step "images were built"
containers
step "containers have lived"
volumes_and_networks
step "volumes and networks have lived"
compose
step "Compose is content"
allowed python3 "$here/sdk.py"
step "the Python SDK is content"
