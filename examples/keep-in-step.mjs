// Keeps a copy of the pathways that a caller may list: `node examples/keep-in-step.mjs <address> <file of the token> <file of the copy> [seconds]`.
// Either side may stop and start at any time: the copy and its cursor are saved together, so nothing is missed. No library is needed.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const [address, tokenFile, copyFile, seconds = '5'] = process.argv.slice(2);
let copy = await readFile(copyFile, 'utf8').then(JSON.parse, () => anew());

for (;;) {
  const changes = await get(`/v1/changes${copy.cursor === null ? '' : `?cursor=${encodeURIComponent(copy.cursor)}`}`);
  if (changes.code === 'cursor-expired') {
    console.log('the other side was restored: begin anew');
    copy = anew();
    continue;
  }
  for (const { reference, revision, gone } of changes.items) {
    // One that has left our reach since then is a 404, and comes again as gone. One whose run somebody ended is a 410.
    const pathway = gone ? {} : await get(`/v1/pathways/${reference}`);
    if (pathway.stage === undefined) delete copy.pathways[reference];
    else copy.pathways[reference] = { revision, pathway };
    console.log(reference, pathway.stage ?? 'gone');
  }
  copy.cursor = changes.next;
  await writeFile(`${copyFile}.new`, JSON.stringify(copy));
  await rename(`${copyFile}.new`, copyFile);
  if (changes.items.length === 0) await pause(Number(seconds) * 1000);
}

function anew() {
  return { cursor: null, pathways: {} };
}

/** The body of an answer that is final. What passes is waited for: the other side is away, or asks for patience. */
async function get(path) {
  for (;;) {
    const token = (await readFile(tokenFile, 'utf8')).trim();
    const answer = await fetch(`${address}${path}`, { headers: { Authorization: `Bearer ${token}` } }).catch(() => undefined);
    if (answer?.ok || [400, 404, 410].includes(answer?.status)) return answer.json();
    if (answer?.status === 401 || answer?.status === 403) throw new Error(`${path}: ${(await answer.json()).code}`);
    await pause(Number(answer?.headers.get('Retry-After') ?? seconds) * 1000);
  }
}
