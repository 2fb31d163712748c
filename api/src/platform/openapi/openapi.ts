import * as rest from '@e-aurum/sdk/rest';
import { z } from 'zod';
import type { Route } from '../http/route.ts';

type Json = Record<string, unknown>;

const SCHEMA_PATH = '#/components/schemas/';

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

/** Every schema that the interface exports, under its own name. */
function namedSchemas(): z.core.$ZodRegistry<{ id: string }> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(rest)) if (isSchema(schema)) registry.add(schema, { id });
  return registry;
}

const registry = namedSchemas();

/** JSON Schema (2020-12, which OpenAPI 3.1 takes as it is). Named schemas inside become references. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', components: Record<string, Json>): Json {
  const { $schema, $defs, ...body } = z.toJSONSchema(schema, {
    io,
    metadata: registry,
    unrepresentable: 'any',
  }) as Json & { $defs?: Record<string, Json> };
  for (const [name, definition] of Object.entries($defs ?? {}))
    components[name] ??= withReferences(definition);
  const name = registry.get(schema)?.id;
  const result = withReferences(body);
  if (!name) return result;
  components[name] ??= result;
  return { $ref: SCHEMA_PATH + name };
}

function withReferences<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withReferences) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(([key]) => key !== 'id' || typeof (value as Json).id !== 'string')
    .map(([key, item]) =>
      key === '$ref' && typeof item === 'string'
        ? [key, item.replace('#/$defs/', SCHEMA_PATH)]
        : [key, withReferences(item)],
    );
  return Object.fromEntries(entries) as T;
}

/** `/v1/things/:id` -> `/v1/things/{id}` */
const openApiPath = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

function operationId({ method, path }: Route): string {
  const words = path
    .replace(/^\/v1\//, '')
    .split(/[/.:-]+/)
    .filter(Boolean)
    .map((word) => word[0]!.toUpperCase() + word.slice(1));
  return method + words.join('');
}

function parametersOf(route: Route): Json[] {
  const fields = (schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] => {
    if (!schema) return [];
    const object = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(object.properties ?? {}).map(([name, property]) => ({
      name,
      in: where,
      required: where === 'path' || (object.required ?? []).includes(name),
      schema: property,
    }));
  };
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'A new random value for each new request; the same one for a repetition.',
    schema: { type: 'string', minLength: 8, maxLength: 128 },
  };
  return [
    ...fields(route.params, 'path'),
    ...fields(route.query, 'query'),
    ...(route.idempotent ? [key] : []),
  ];
}

function accessNote({ access }: Route): string {
  if (access === 'public') return 'Open to everyone.';
  return access === 'session' ? 'Needs a session.' : `Needs a session of: ${access.join(' or ')}.`;
}

function operation(route: Route, components: Record<string, Json>): Json {
  const content = route.answer
    ? { 'application/json': { schema: jsonSchema(route.answer, 'output', components) } }
    : { [route.produces]: { schema: { type: 'string' } } };
  return {
    operationId: operationId(route),
    summary: route.summary,
    description: accessNote(route),
    tags: [route.tag],
    ...(route.access === 'public' ? {} : { security: [{ session: [] }] }),
    parameters: parametersOf(route),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(route.body, 'input', components) } },
          },
        }
      : {}),
    responses: {
      [String(route.status)]: { description: 'Success', content },
      default: {
        description: 'Problem details (RFC 9457): `code` is stable, `detail` says what to do.',
        content: { 'application/problem+json': { schema: jsonSchema(rest.Problem, 'output', components) } },
      },
    },
  };
}

/** OpenAPI 3.1 of the routes, made from the schemas that validate them. */
export function openApiOf(routes: readonly Route[]): Json {
  const schemas: Record<string, Json> = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'e-Aurum',
      version: '1',
      description:
        'One EAU is one gram of fine gold. Amounts are whole numbers as decimal strings: EAU in wei (18 decimals), weights in milligrams, prices in US dollars per gram with 18 decimals.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'aurum_session' } },
    },
  };
}
