#!/usr/bin/env python3
"""big_create.py BYTES: print one AuthZReq message (a line for authzload) about a container create
whose body has about so many bytes, made large by environment variables."""

import base64
import json
import sys

VARIABLE_BYTES = 64


def create_body(size):
    """The JSON text of an ordinary create, padded to at most size bytes."""
    body = {
        "Hostname": "", "User": "", "AttachStdin": False, "Tty": False,
        "Env": [], "Cmd": ["/bin/sleep", "100"], "Image": "bb:1",
        "Volumes": {}, "WorkingDir": "", "Entrypoint": None, "Labels": {"a": "b"},
        "HostConfig": {"Binds": ["data:/data:ro"], "NetworkMode": "default",
                       "Privileged": False, "PidMode": "", "IpcMode": "", "Memory": 0},
    }
    room = size - len(json.dumps(body, separators=(",", ":")))
    for number in range(room // (VARIABLE_BYTES + len('"",'))):
        name = f"VAR_{number:06d}="
        body["Env"].append(name.ljust(VARIABLE_BYTES, "x"))
    return json.dumps(body, separators=(",", ":"))


def message(size):
    """One line of a corpus."""
    body = create_body(size).encode()
    return json.dumps({"endpoint": "/AuthZPlugin.AuthZReq", "body": {
        "RequestMethod": "POST",
        "RequestUri": "/v1.41/containers/create?name=big",
        "RequestBody": base64.b64encode(body).decode(),
        "RequestHeaders": {"Content-Length": str(len(body)), "Content-Type": "application/json",
                           "User-Agent": "Docker-Client/28.2.2 (linux)"},
    }}, separators=(",", ":"))


if __name__ == "__main__":
    print(message(int(sys.argv[1])))
