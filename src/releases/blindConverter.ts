import { defaultPayloadConverter, type DataConverter, type Payload } from '@temporalio/common';

const nothing = defaultPayloadConverter.toPayload(null);

/** For a client that needs no word of any case: it has no keys, reads every payload as null, and can send none. */
export const blindConverter: DataConverter = {
  payloadCodecs: [
    {
      encode: (payloads) => (payloads.length === 0 ? Promise.resolve([]) : Promise.reject(new Error('this client has no keys'))),
      decode: (payloads) => Promise.resolve(payloads.map((): Payload => nothing)),
    },
  ],
};
