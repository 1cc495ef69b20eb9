// A receiver of notices for a partner: `node examples/receive-notices.mjs <port> <secret>`. It checks the signature (Standard Webhooks),
// ignores repeats, and prints reference, kind and date of each notice (CloudEvents 1.0). No library is needed.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const [port, secret = ''] = process.argv.slice(2);
const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
const seen = new Set();

createServer(async (request, answer) => {
  const body = await text(request);
  const id = String(request.headers['webhook-id']);
  const timestamp = String(request.headers['webhook-timestamp']);
  // The answer is 401 and not 400. A notice that is refused with 400 is never sent again, whereas a wrong secret can be corrected.
  if (!isSigned(`${id}.${timestamp}.${body}`, request.headers['webhook-signature'])) return answer.writeHead(401).end();
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return answer.writeHead(401).end();
  answer.writeHead(204).end();
  if (seen.has(id)) return;
  seen.add(id);
  const { reference, kind, date } = JSON.parse(body).data;
  console.log(`${reference} ${kind} ${date}`);
}).listen(Number(port), '127.0.0.1', () => console.log('waiting for notices'));

/** Whether one of the signatures is ours. There are two while a secret is being changed. */
function isSigned(signed, signatures = '') {
  const ours = createHmac('sha256', key).update(signed).digest();
  return signatures
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'))
    .some((theirs) => theirs.length === ours.length && timingSafeEqual(theirs, ours));
}
