// Reads the results of one conformance run and says whether all that mcp-guard promises has passed.
//   conformance-report.mjs [--client] REVISION RESULT-FOLDER EXIT-CODE      --client: the folder holds one client scenario
// Prints one line of JSON; exit 0 when the suite exited 0 and every promised unscored scenario ran without a failure.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';

/** Unscored by the suite, promised by us (protocol.md, section 9). */
const PROMISED = {
  '2025-11-25': ['server-session-lifecycle', 'json-schema-2020-12'],
  '2026-07-28': ['json-schema-2020-12', 'http-header-validation', 'http-custom-header-server-validation'],
};

/** Promised besides where the guard mediates tasks (RIG_PROTOCOL, as for guard-for-conformance). */
if (process.env.RIG_PROTOCOL?.includes('io.modelcontextprotocol/tasks')) {
  for (const one of [
    'lifecycle', 'capability-negotiation', 'wire-fields', 'request-state-removal', 'mrtr-input', 'request-headers',
    'dispatch-and-envelope', 'status-notifications', 'required-task-error', 'mrtr-composition',
  ]) {
    PROMISED['2026-07-28'].push(`tasks-${one}`);
  }
}

const { values, positionals } = parseArgs({ options: { client: { type: 'boolean' } }, allowPositionals: true });
const [revision, folder, exitCode] = positionals;
const counts = {};
const failed = {};
const seen = new Set();
for (const run of readdirSync(folder)) {
  const scenario = run.replace(/^(server|client)-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '');
  seen.add(scenario);
  for (const check of checksOf(join(folder, run, 'checks.json'))) {
    counts[check.status] = (counts[check.status] ?? 0) + 1;
    if (check.status === 'FAILURE') (failed[scenario] ??= []).push(check.id);
  }
}
const promised = values.client ? [] : PROMISED[revision];
// A scenario that the suite gave up on leaves a folder without checks.
function checksOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [{ id: 'no-checks-written', status: 'FAILURE' }];
}

const broken = promised.filter(name => !seen.has(name) || failed[name]);
const tasksFailed = Object.entries(failed).reduce((n, [name, ids]) => n + (name.startsWith('tasks-') ? ids.length : 0), 0);
const others = Object.fromEntries(Object.entries(failed).filter(([name]) => !name.startsWith('tasks-')));
// A run without a single check is no success, whatever its exit code.
const ok = exitCode === '0' && broken.length === 0 && counts.SUCCESS > 0;
console.log(
  JSON.stringify({
    revision,
    ...(values.client && { scenario: basename(folder) }),
    ok,
    exit: Number(exitCode),
    passed: counts.SUCCESS ?? 0,
    failed: counts.FAILURE ?? 0,
    warned: counts.WARNING ?? 0,
    failedInTasks: tasksFailed,
    failures: others,
    promisedButNotPassed: broken,
  }),
);
process.exit(ok ? 0 : 1);
