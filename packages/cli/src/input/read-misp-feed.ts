import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FromInput } from '@belltower/formats';
import { fromMispFeed } from '@belltower/formats';
import { CommandError } from '../command-error.ts';
import { standardInput } from './read-source.ts';

/**
 * The events of a feed of MISP in a directory; undefined for what is no directory. An event that cannot be used is told as a loss. Throws
 * CommandError for a directory that is no feed.
 */
export async function readMispFeed(directory: string): Promise<FromInput | undefined> {
  if (directory === standardInput) return undefined;
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory() !== true) return undefined;
  const feed = await fromMispFeed({
    read: (name) => readFile(join(directory, name), 'utf8').catch(() => undefined),
  });
  if (!feed.ok)
    throw new CommandError(`${directory} is a directory, and no feed of MISP: ${feed.error.message}`);
  const objects: FromInput['objects'][number][] = [];
  const losses: FromInput['losses'][number][] = [];
  for await (const { uuid, conversion } of feed.events)
    if (conversion.ok) {
      for (const object of conversion.value.objects) objects.push(object);
      for (const loss of conversion.value.losses) losses.push(loss);
    } else losses.push({ at: conversion.error.at, what: `event ${uuid}`, why: conversion.error.message });
  return { objects, losses };
}
