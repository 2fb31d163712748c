import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { configSchema, type RelayerConfig, type ReporterConfig, type TransmitterConfig } from './schema.ts';

/** What is wrong with the configuration, where, and what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface LoadedConfig extends RelayerConfig {
  /** The file it came from; relative paths in it start at its folder. */
  file: string;
}

/** `${NAME}` and `${NAME:-default}` in any text of the file. */
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

function substitute(value: unknown, env: NodeJS.ProcessEnv, path: string): unknown {
  if (typeof value === 'string') {
    return value.replace(VARIABLE, (_all, name: string, fallback?: string) => {
      const found = env[name] || fallback;
      if (found === undefined)
        throw new ConfigError(
          `${path}: the environment variable ${name} is not set: set it, or write a default as \${${name}:-value}`,
        );
      return found;
    });
  }
  if (Array.isArray(value)) return value.map((item, index) => substitute(item, env, `${path}[${index}]`));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        substitute(item, env, path ? `${path}.${name}` : name),
      ]),
    );
  }
  return value;
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  return `  ${path.replace(/^\./, '') || '(top)'}: ${issue.message}`;
}

/**
 * Reads, substitutes and checks the YAML.
 * @throws ConfigError that names the file, the path in it and what to do
 */
export function loadConfig(file: string, env: NodeJS.ProcessEnv = process.env): LoadedConfig {
  const path = resolve(file);
  if (!existsSync(path)) throw new ConfigError(`${path} does not exist: give a file with --config`);
  let content: unknown;
  try {
    content = substitute(parse(readFileSync(path, 'utf8')), env, '');
  } catch (error) {
    if (error instanceof ConfigError) throw new ConfigError(`${path}: ${error.message}`);
    throw new ConfigError(
      `${path} can't be read as YAML: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const result = configSchema.safeParse(content);
  if (!result.success)
    throw new ConfigError(`${path} is not valid:\n${result.error.issues.map(describe).join('\n')}`);
  return { ...result.data, file: path };
}

/** A path in the config starts at the config's folder. */
export function pathInConfig(config: LoadedConfig, path: string): string {
  return isAbsolute(path) ? path : resolve(dirname(config.file), path);
}

/** A reporter that can run here. */
export type RunnableReporter = Required<ReporterConfig>;

/**
 * The reporter of that name, with all that running it needs.
 * @throws ConfigError when it is not there, or lacks a part
 */
export function reporterNamed(config: LoadedConfig, name: string | undefined): RunnableReporter {
  const names = config.reporters.map((reporter) => reporter.name).join(', ');
  const found = config.reporters.find((reporter) => reporter.name === name);
  if (!found)
    throw new ConfigError(
      `there is no reporter "${name ?? ''}" in ${config.file}: --reporter is one of ${names}`,
    );
  const { listen, sources, key } = found;
  if (!listen || !sources || !key)
    throw new ConfigError(`${config.file}: reporter "${name}" needs listen, sources and key to run here`);
  return { ...found, listen, sources, key };
}

/** @throws ConfigError when the file has no transmitter */
export function transmitterOf(config: LoadedConfig): TransmitterConfig {
  if (!config.transmitter) throw new ConfigError(`${config.file} has no "transmitter" section`);
  return config.transmitter;
}
