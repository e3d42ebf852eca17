# An image that holds the program and nothing else. Build the program first, static and for Linux:
#
#   go generate ./internal/page && CGO_ENABLED=0 GOOS=linux go build -tags page -trimpath \
#     -ldflags "-s -w" -o bin/simulate ./cmd/simulate
#   docker build -t simulate .
#   docker run --rm -v "$PWD:/work" simulate run deepseek-shock
#
# It runs as a user without rights; /work is where scenarios are read and results written, and where
# what is made for a moment lies, for the image has no /tmp.
FROM scratch
COPY bin/simulate /bin/simulate
COPY LICENSE NOTICE /
ENV PATH=/bin HOME=/work TMPDIR=/work
USER 65534:65534
WORKDIR /work
ENTRYPOINT ["/bin/simulate"]
