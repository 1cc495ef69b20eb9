import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';

/** Values that the engine keeps for a workflow, decrypted. */
export async function decryptedPayloads(client: Client, workflowId: string, encrypted: readonly Payload[]): Promise<unknown[]> {
  const { namespace, loadedDataConverter } = client.options;
  const context = { type: 'workflow' as const, namespace, workflowId };
  let payloads = [...encrypted];
  for (const codec of loadedDataConverter.payloadCodecs.toReversed()) payloads = await codec.decode(payloads, context);
  return payloads.map((payload) => loadedDataConverter.payloadConverter.fromPayload(payload));
}
