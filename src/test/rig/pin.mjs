// Writes a manifest that permits everything a tool server lists:  pin.mjs SERVER URL > servers/SERVER.yaml
// The guard then serves these tools, each of class read whatever their names suggest, pinned to what is listed now: modern if the
// server is, else legacy.
import { createHash } from 'node:crypto';

const [server, url] = process.argv.slice(2);
const KEY = 'io.modelcontextprotocol/';
const MODERN = '2026-07-28';
const ENVELOPE = {
  [`${KEY}protocolVersion`]: MODERN,
  [`${KEY}clientCapabilities`]: {},
  [`${KEY}clientInfo`]: { name: 'pin', version: '1' },
};
let session;
let number = 0;

async function post(method, params, headers = {}) {
  const notification = method.startsWith('notifications/');
  const body = JSON.stringify({ jsonrpc: '2.0', ...(!notification && { id: ++number }), method, params });
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...(session && { 'Mcp-Session-Id': session, 'MCP-Protocol-Version': '2025-11-25' }),
      ...headers,
    },
    body,
  });
  session ??= answer.headers.get('mcp-session-id') ?? undefined;
  const text = await answer.text();
  if (!text.trim()) return undefined;
  const messages = (answer.headers.get('content-type') ?? '').startsWith('text/event-stream')
    ? text.split(/\r?\n/).filter(line => line.startsWith('data:') && line.length > 6).map(line => JSON.parse(line.slice(5)))
    : [JSON.parse(text)];
  return messages.find(message => message.id === number);
}

const modern = (method, params = {}) =>
  post(
    method,
    { ...params, _meta: ENVELOPE },
    { 'MCP-Protocol-Version': MODERN, 'Mcp-Method': method },
  );

async function legacy() {
  session = undefined;
  const clientInfo = { name: 'pin', version: '1' };
  await post('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  await post('notifications/initialized', {});
  return (method, params = {}) => post(method, params);
}

async function list() {
  const said = await modern('server/discover').catch(() => undefined);
  const code = said?.error?.code;
  // as the guard tells the era: a result or an error of the modern block
  const ask = said?.result || [-32020, -32021, -32022].includes(code) ? modern : await legacy();
  const tools = [];
  let cursor;
  do {
    const page = (await ask('tools/list', cursor ? { cursor } : {}))?.result ?? {};
    tools.push(...(page.tools ?? []));
    cursor = page.nextCursor;
  } while (cursor);
  return tools;
}

// RFC 8785: keys sorted by UTF-16 code unit, as JavaScript sorts.
const canonical = value =>
  Array.isArray(value)
    ? `[${value.map(canonical).join(',')}]`
    : value && typeof value === 'object'
      ? `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
      : JSON.stringify(value);
const digest = tool => createHash('sha256').update(canonical(tool)).digest('hex');

const line = (tool, pinned) =>
  `  ${JSON.stringify(tool.name)}: {class: read, digest: "${pinned}", ` +
  `override: {class: read, by: rig-approver, reason: "a fixture", digest: "${pinned}"}}`;
const lines = (await list()).map(tool => line(tool, `sha256:${digest(tool)}`));
console.log(`schema: 1
server: ${server}
owner: rig
contact: rig@example.com
purpose: conformance
transport: {type: http, url: ${JSON.stringify(url)}}
sensitivity: public
destination: internal
tools:
${[...new Set(lines)].join('\n') || '  {}'}`);
