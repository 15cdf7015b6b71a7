import WebSocket from 'ws';
const base = process.argv[2]; const origin = base;
class C { cookies = new Map<string,string>();
  async req(method: string, path: string, body?: unknown) {
    const r = await fetch(base + path, { method, headers: { origin, ...(body ? {'content-type':'application/json'} : {}), cookie: [...this.cookies].map(([k,v]) => `${k}=${v}`).join('; ') }, body: body ? JSON.stringify(body) : undefined });
    for (const c of r.headers.getSetCookie()) { const [kv] = c.split(';'); const i = kv.indexOf('='); this.cookies.set(kv.slice(0,i), kv.slice(i+1)); }
    const t = await r.text(); return { status: r.status, body: t ? JSON.parse(t) : undefined };
  }
  ws() { return new WebSocket(base.replace('http','ws') + '/ws', { headers: { cookie: [...this.cookies].map(([k,v]) => `${k}=${v}`).join('; '), origin } }); }
}
const id = () => Math.random().toString(36).slice(2, 10);
const a = new C(), b = new C(); const ua = 'a' + id(), ub = 'b' + id();
console.log((await a.req('POST','/api/users',{userId:ua,emailId:ua+'@x.org',firstName:'A',lastName:'B',password:'correct horse battery 9'})).status);
console.log((await b.req('POST','/api/users',{userId:ub,emailId:ub+'@x.org',firstName:'A',lastName:'B',password:'correct horse battery 9'})).status);
const s = b.ws(); const seen: [number, any][] = [];
s.on('message', (m) => { const f = JSON.parse(String(m)); for (const e of f.events ?? []) seen.push([performance.now(), e]); });
s.on('unexpected-response', (_q, r) => { console.log('refused', r.statusCode); r.on('data', d => console.log(String(d))); });
await new Promise((r) => s.on('open', r)); console.log('open');
const ch = await a.req('POST','/api/channels',{name:'c-'+id()}); console.log(ch.status, JSON.stringify(ch.body));
const cid = ch.body.conversationId;
console.log('join', (await b.req('PUT', `/api/channels/${ch.body.channel?.channelId ?? cid.split(':')[1]}/members/me`)).status);
const lat: number[] = [], post: number[] = [];
for (let i = 0; i < 60; i++) {
  const nonce = 'nonce-' + id() + i; const t0 = performance.now();
  const r = await a.req('POST', `/api/conversations/${encodeURIComponent(cid)}/messages`, { content: 'm' + i, nonce, attempt: 0 });
  if (r.status !== 202) console.log(r.status, JSON.stringify(r.body));
  post.push(performance.now() - t0);
  const end = Date.now() + 8000;
  while (!seen.some(([, e]) => e.nonce === nonce) && Date.now() < end) await new Promise((x) => setTimeout(x, 1));
  const hit = seen.find(([, e]) => e.nonce === nonce); if (hit) lat.push(hit[0] - t0); else console.log('not seen', i);
}
const q = (x: number[], p: number) => x.toSorted((m, n) => m - n)[Math.floor(x.length * p)]?.toFixed(1);
console.log('post p50', q(post, .5), 'p90', q(post, .9), 'live p50', q(lat, .5), 'p90', q(lat, .9), lat.length);
await new Promise((r) => setTimeout(r, 1500));
const h = await a.req('GET', `/api/conversations/${encodeURIComponent(cid)}/messages?limit=100`); console.log('history', h.status, h.body.messages?.length, Object.keys(h.body));
console.log([...new Set(seen.map(([, e]) => e.type))]);
s.send('{"type":"ping"}'); await new Promise((r) => s.once('message', (m) => { console.log('pong', String(m)); r(0); }));
const anon = new WebSocket(base.replace('http','ws') + '/ws'); anon.on('unexpected-response', (_q, r) => { console.log('anon refused', r.statusCode); r.on('data', d => console.log(String(d))); anon.on('error', () => {}); anon.terminate(); });
await new Promise((r) => setTimeout(r, 500)); s.close(); await new Promise((r) => setTimeout(r, 500)); process.exit(0);
