interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  description?: string;
  pattern?: string;
  format?: string;
}

interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean; schema: Schema; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content: Record<string, { schema: Schema }> }>;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** A type in one line: `array of Bar`, `"buy" or "sell"`. */
function typeName(schema: Schema): string {
  if (schema.$ref) {
    const name = schema.$ref.split('/').pop()!;
    return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
  }
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map((value) => code(JSON.stringify(value))).join(' or ');
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return choice.map(typeName).join(' or ');
  if (schema.type === 'array') return `array of ${typeName(schema.items ?? {})}`;
  if (schema.properties) return `object${fieldTable(schema)}`;
  if (typeof schema.additionalProperties === 'object')
    return `object of ${typeName(schema.additionalProperties)}`;
  const name = [schema.type ?? 'any'].flat().join(' or ');
  return escapeHtml(schema.format ? `${name} (${schema.format})` : name);
}

function fieldTable(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const optional = schema.required?.includes(name) ? '' : ' <small>optional</small>';
    const note = field.description ? `<div class="note">${escapeHtml(field.description)}</div>` : '';
    return `<tr><td>${code(name)}${optional}</td><td>${typeName(field)}${note}</td></tr>`;
  });
  return rows.length === 0 ? '' : `<table>${rows.join('')}</table>`;
}

function contentOf(content: Record<string, { schema: Schema }>): string {
  return Object.entries(content)
    .map(([type, { schema }]) => `<p>${code(type)}: ${typeName(schema)}</p>`)
    .join('');
}

function operationSection(method: string, path: string, operation: Operation): string {
  const parameters = operation.parameters.map(
    ({ name, in: where, required, schema, description }) =>
      `<tr><td>${code(name)} <small>${where}${required ? '' : ', optional'}</small></td>` +
      `<td>${typeName(schema)}${description ? `<div class="note">${escapeHtml(description)}</div>` : ''}</td></tr>`,
  );
  const body = operation.requestBody ? `<h4>Body</h4>${contentOf(operation.requestBody.content)}` : '';
  const answers = Object.entries(operation.responses).filter(([status]) => status !== 'default');
  return `<section id="${operation.operationId}">
<h3><span class="method">${method.toUpperCase()}</span> ${code(path)}</h3>
<p>${escapeHtml(operation.summary)} <span class="note">${escapeHtml(operation.description)}</span></p>
${parameters.length > 0 ? `<h4>Parameters</h4><table>${parameters.join('')}</table>` : ''}${body}
${answers.map(([status, { content }]) => `<h4>Answer ${status}</h4>${contentOf(content)}`).join('')}
</section>`;
}

/** The OpenAPI document as a page to read. */
export function documentationPage(document: Record<string, unknown>): string {
  const { info, paths, components, tags } = document as {
    info: { title: string; description: string };
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
    tags: { name: string }[];
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = tags.map(({ name }) => ({
    name,
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const contents = groups.map(
    (group) =>
      `<li><a href="#tag-${escapeHtml(group.name)}">${escapeHtml(group.name)}</a><ul>${group.operations
        .map(
          ({ method, path, operation }) =>
            `<li><a href="#${operation.operationId}">${method.toUpperCase()} ${escapeHtml(path)}</a></li>`,
        )
        .join('')}</ul></li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(info.title)} API</title><link rel="stylesheet" href="/docs/style.css"></head>
<body><nav aria-label="Contents"><ul>${contents.join('')}<li><a href="#schemas">Schemas</a></li></ul></nav>
<main><h1>${escapeHtml(info.title)} API</h1><p>${escapeHtml(info.description)}</p>
<p>For programs: <a href="/openapi.json">openapi.json</a>. Errors are problem details (RFC 9457) with a stable
<code>code</code>; every POST takes an <code>Idempotency-Key</code>: with the same key and body it gives the same answer.</p>
${groups
  .map(
    (group) =>
      `<h2 id="tag-${escapeHtml(group.name)}">${escapeHtml(group.name)}</h2>${group.operations
        .map(({ method, path, operation }) => operationSection(method, path, operation))
        .join('')}`,
  )
  .join('')}
<h2 id="schemas">Schemas</h2>
${Object.entries(components.schemas)
  .map(
    ([name, schema]) =>
      `<section id="schema-${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${
        schema.properties ? fieldTable(schema) : `<p>${typeName(schema)}</p>`
      }${schema.description ? `<p class="note">${escapeHtml(schema.description)}</p>` : ''}</section>`,
  )
  .join('')}
</main></body></html>`;
}

export const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; display: grid; grid-template-columns: 20rem minmax(0, 1fr); }
nav { padding: 1.5rem; border-right: 1px solid var(--line); height: 100vh; position: sticky; top: 0; overflow: auto; font-size: .85rem; }
nav ul { list-style: none; padding-left: .8rem; margin: .2rem 0 .8rem; }
main { padding: 2rem 2.5rem 6rem; max-width: 60rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { margin: 2rem 0 .3rem; font-size: 1.05rem; }
h4 { margin: .8rem 0 .2rem; font-size: .8rem; text-transform: uppercase; letter-spacing: .05em; }
p { margin: .3rem 0; }
table { border-collapse: collapse; width: 100%; margin: .3rem 0; }
td { border-top: 1px solid var(--line); padding: .3rem .8rem .3rem 0; vertical-align: top; overflow-wrap: anywhere; }
td:first-child { width: 16rem; }
code { font: .88em ui-monospace, monospace; }
.method { font: 700 .8rem ui-monospace, monospace; color: #8a6100; }
.note, small { font-size: .85rem; opacity: .75; }
@media (prefers-color-scheme: dark) { .method { color: #e3b341; } }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border: 0; } main { padding: 1rem; } }
`;
