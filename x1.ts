import { execSync } from 'node:child_process';
const tok = (w: string) => execSync(`npm run --silent token -- ${w}`).toString().trim();
const A = `http://127.0.0.1:${process.env['API_PORT']}`; const today = new Date().toISOString().slice(0, 10);
const [cw, rt] = [tok('caseworker-1'), tok('caseworker-rotterdam-1')];
const post = async (t: string, path: string, key: string, body: object) => { const r = await fetch(A + path, { method: 'POST', headers: { authorization: `Bearer ${t}`, 'idempotency-key': key, 'content-type': 'application/json' }, body: JSON.stringify(body) }); return { status: r.status, body: (await r.json()) as any }; };
const get = async (t: string, path: string) => { const r = await fetch(A + path, { headers: { authorization: `Bearer ${t}` } }); await r.text(); return r.status; };
const auc = (a: number[], b: number[]) => { let n = 0; for (const x of a) for (const y of b) n += x > y ? 1 : x === y ? 0.5 : 0; return n / (a.length * b.length); };
const med = (a: number[]) => a.toSorted((x, y) => x - y)[a.length >> 1]!;
(async () => {
  const { body } = await post(rt, '/v1/pathways', `m-${Date.now()}`, { indication: { observedOn: today, by: 'police' }, office: 'rotterdam', person: { residence: 'noLawfulResidence', ageGroup: 'adult', nationality: 'ZZ' } });
  const U = 'BT-0000-0000-0000-0', R = body.reference as string; let k = 0;
  const ways: Record<string, (r: string) => Promise<unknown>> = { GET: (r) => get(cw, `/v1/pathways/${r}`), FACTS: (r) => post(cw, `/v1/pathways/${r}/facts`, `k${Date.now()}-${k++}`, { type: 'consentGiven', purpose: 'medical' }), DEADLINE: (r) => get(cw, `/v1/pathways/${r}/deadlines/reflection-period`) };
  for (const [name, way] of Object.entries(ways)) { const t: Record<string, number[]> = { R: [], U: [] };
    for (let i = 0; i < 320; i++) for (const [n, r] of i % 2 ? [['R', R], ['U', U]] : [['U', U], ['R', R]]) { const b = performance.now(); await way(r!); if (i >= 20) t[n!]!.push(performance.now() - b); }
    console.log(name, 'hidden', med(t['R']!).toFixed(2), 'unknown', med(t['U']!).toFixed(2), 'AUC', auc(t['R']!, t['U']!).toFixed(3)); }
})();
