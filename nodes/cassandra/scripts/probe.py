"""Asks a node what it can do, over TLS and before any log-in, as every client does first.

    probe.py <cassandra.yaml> <trusted.pem>

Prints how many days the certificate that the node shows is still good for. Fails with one sentence if the node does not
answer, or shows a certificate that a client would refuse.
"""

import json
import socket
import ssl
import sys
import time

SECONDS = 10
# CQL binary protocol, version 4: version, flags, stream (2), opcode, length (4).
OPTIONS = bytes([0x04, 0, 0, 0, 0x05, 0, 0, 0, 0])
SUPPORTED = 0x06
OPCODE = 4
HEADER_BYTES = 9


def settings_of(file_name):
    """Every setting is on a line of its own, and its value is JSON."""
    with open(file_name) as file:
        return {name: json.loads(value) for name, value in (line.split(": ", 1) for line in file)}


def days_left(certificate):
    return (ssl.cert_time_to_seconds(certificate["notAfter"]) - time.time()) / 86_400


def probe(address, port, trusted):
    context = ssl.create_default_context(cafile=trusted)
    with socket.create_connection((address, port), timeout=SECONDS) as plain:
        with context.wrap_socket(plain, server_hostname=address) as connection:
            connection.sendall(OPTIONS)
            header = b""
            while len(header) < HEADER_BYTES:
                received = connection.recv(HEADER_BYTES - len(header))
                if not received:
                    raise OSError("it closed the connection without an answer")
                header += received
            if header[OPCODE] != SUPPORTED:
                raise OSError("its answer is not what was asked for")
            return days_left(connection.getpeercert())


if __name__ == "__main__":
    try:
        settings = settings_of(sys.argv[1])
        print(f'{probe(settings["rpc_address"], settings["native_transport_port"], sys.argv[2]):.1f}')
    except OSError as error:
        sys.exit(f"Cassandra does not answer: {error}")
