// The client that the build of the orders service generates from the contract.
import { createRequire } from 'node:module';
import { loadPackageDefinition } from '@grpc/grpc-js';

const { loadSync } = createRequire(import.meta.url)('@grpc/proto-loader');
const definition = loadPackageDefinition(loadSync(process.env.RESERVATIONS_PROTO, { arrays: true, defaults: true }));

export class ReservationServiceClient {
  #client;

  constructor(address, credentials) {
    this.#client = new definition.halden.inventory.v1.ReservationService(address, credentials);
  }

  reserve(request, options) {
    return this.#call('reserve', request, options);
  }

  confirm(request, options) {
    return this.#call('confirm', request, options);
  }

  release(request, options) {
    return this.#call('release', request, options);
  }

  #call(method, request, options) {
    return new Promise((fulfil, reject) =>
      this.#client[method](request, options, (problem, answer) => (problem ? reject(problem) : fulfil(answer))),
    );
  }
}
