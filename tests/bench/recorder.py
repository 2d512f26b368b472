#!/usr/bin/env python3
"""recorder.py SOCKET FILE: an authorization plugin that allows everything and appends what it was
asked to FILE, one JSON line a message. The corpora were made with it.

Put SOCKET into /run/docker/plugins and start dockerd with --authorization-plugin=NAME. Look over
what it wrote before passing it on: bodies hold environment variables, swarm answers join tokens."""

import http.server
import json
import os
import socketserver
import sys
import threading

ANSWERS = {"/Plugin.Activate": b'{"Implements":["authz"]}\n'}
ALLOW = b'{"Allow":true,"Msg":"","Err":""}\n'


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Quiet: the record is the log."""

    def read_chunks(self):
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def read_body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            return self.read_chunks()
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def do_POST(self):
        self.server.record(self.path, self.headers.items(), self.read_body())
        answer = ANSWERS.get(self.path, ALLOW)
        self.send_response(200)
        self.send_header("Content-Type", "application/vnd.docker.plugins.v1.1+json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


class Recorder(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, path, file):
        super().__init__(path, Handler)
        self.file = file
        self.lock = threading.Lock()

    def get_request(self):
        connection, _ = self.socket.accept()
        return connection, ("", 0)  # the handler wants an address with a host

    def record(self, endpoint, headers, body):
        try:
            content = json.loads(body) if body else None
        except ValueError:
            content = body.decode("latin1")
        line = json.dumps({"endpoint": endpoint, "hdr": list(headers), "body": content})
        with self.lock:
            self.file.write(line + "\n")


def main(path, output):
    if os.path.exists(path):
        os.unlink(path)
    with open(output, "a", encoding="utf-8", buffering=1) as file:
        Recorder(path, file).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
