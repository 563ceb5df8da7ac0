"""Starts both faces of the inventory service in one process."""

import os
from concurrent.futures import ThreadPoolExecutor

import grpc
import uvicorn
from app.grpc_server import Reservations
from app.main import app
from halden.inventory.v1 import reservations_pb2_grpc as rpc

server = grpc.server(ThreadPoolExecutor(4))
rpc.add_ReservationServiceServicer_to_server(Reservations(), server)
server.add_insecure_port(f"127.0.0.1:{os.environ['GRPC_PORT']}")
server.start()
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
