# The root file system of the managed plugin, as an image. From it, a plugin:
#   docker build -t lua-authz-rootfs . && id=$(docker create lua-authz-rootfs)
#   mkdir -p plugin-dir/rootfs && docker export "$id" | tar -x -C plugin-dir/rootfs
#   cp plugin/config.json plugin-dir/ && docker plugin create lua-authz plugin-dir
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
COPY plugin/build-packages.txt /build-packages.txt
RUN apt-get update \
 && xargs env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends </build-packages.txt
COPY CMakeLists.txt LICENSE /src/
COPY plugin /src/plugin
COPY lua-policies /src/lua-policies
RUN cmake -S /src -B /build && cmake --build /build -j "$(nproc)" && /src/plugin/rootfs.sh /build /rootfs

FROM scratch
COPY --from=build /rootfs/ /
ENTRYPOINT ["/usr/sbin/lua-authzd"]
