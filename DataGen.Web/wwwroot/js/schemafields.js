// Converts a definition to rows of fields that a person can edit, and back. Does not use the page.
import { isRawNumber } from './api.js';

/** The kinds of fields, and their names in the table. */
export const Kinds = { text: 'text', integer: 'integer', number: 'number', boolean: 'true/false', choice: 'one of', date: 'date', moment: 'date-time', email: 'e-mail', uuid: 'UUID', list: 'list of texts', object: 'object' };

/** Kinds whose values DataGen can draw itself, in exact numbers. */
export const Drawable = ['integer', 'number', 'choice', 'date', 'moment', 'uuid'];

/** Kinds that say which values there are. */
export const Bounded = ['integer', 'number', 'choice', 'date', 'moment'];

const Formats = { date: 'date', 'date-time': 'moment', email: 'email', uuid: 'uuid' };
const SamplerKinds = { category: 'choice', values: 'choice', integer: 'integer', number: 'number', date: 'date', dateTime: 'moment', uuid: 'uuid' };
const SamplerTypes = { integer: 'integer', number: 'number', date: 'date', moment: 'dateTime', uuid: 'uuid' };
const NumberRange = /^\s*(-?\d+(?:\.\d+)?)?\s*(?:–|-|\.\.|to)\s*(-?\d+(?:\.\d+)?)?\s*$/;
const DateRange = /^\s*(\d{4}-\d\d-\d\d\S*)?\s*(?:–|\s-\s|\.\.|to)\s*(\d{4}-\d\d-\d\d\S*)?\s*$/;
const Name = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * @param {object} definition
 * @returns {{name: string, was: string, kind: string, values: string, by: 'model' | 'drawn' | 'prompt', unique: boolean, isPlain: boolean}[]}
 * `was`: its name in the definition. `by`: what writes it; `prompt`: it is drawn and only steers the prompt. `isPlain`: the table can show all of it.
 */
export function fieldsOf({ schema, samplers = {}, unique }) {
  const properties = schema?.properties ?? {};
  const alone = Array.isArray(unique) ? unique.filter(set => Array.isArray(set) && set.length === 1).flat() : [];
  return [...new Set([...Object.keys(properties), ...Object.keys(samplers)])].map(name => {
    const [property, sampler] = [properties[name], samplers[name]];
    const kind = kindOf(property, sampler);
    return {
      name,
      was: name,
      kind: kind ?? 'object',
      values: kind ? valuesOf(kind, property, sampler) : '',
      by: !sampler ? 'model' : sampler.inRecord === false ? 'prompt' : 'drawn',
      unique: alone.includes(name),
      isPlain: kind !== undefined && isPlain(kind, property, sampler),
    };
  });
}

function kindOf(property, sampler) {
  const drawn = sampler && SamplerKinds[sampler.type];
  if (sampler && !drawn) return undefined;
  if (property === undefined) return drawn;
  const own = property.enum ? 'choice'
    : property.type === 'string' ? Formats[property.format] ?? 'text'
    : property.type === 'array' ? 'list'
    : Object.hasOwn(Kinds, property.type) ? property.type
    : undefined;
  return drawn && drawn !== own ? (drawn === 'choice' && own === 'text' ? drawn : undefined) : own;
}

function isPlain(kind, property, sampler) {
  // The table would cut the digits of a long number.
  if (sampler?.mean !== undefined || [property?.minimum, property?.maximum, sampler?.min, sampler?.max].some(isRawNumber)) return false;
  if (kind === 'list') return property.items?.type === 'string';
  return kind !== 'choice' || choicesOf(property, sampler).every(([value]) => typeof value === 'string' && !/[,:\n]/.test(value) && value.trim() === value && value !== '');
}

const choicesOf = (property, sampler) =>
  sampler?.weights ? Object.entries(sampler.weights) : (sampler?.values ?? property?.enum ?? []).map(value => [value]);

function valuesOf(kind, property, sampler) {
  if (kind === 'choice') return choicesOf(property, sampler).map(([value, weight]) => (weight === undefined ? String(value) : `${value}: ${weight}`)).join(', ');
  const [least, most] = [sampler?.min ?? property?.minimum, sampler?.max ?? property?.maximum];
  return least === undefined && most === undefined ? '' : `${least ?? ''} – ${most ?? ''}`.trim();
}

/** Why a row cannot be taken; empty: it can. */
export function problemOf(field, fields) {
  if (field.name === '') return 'needs a name';
  if (fields.some(other => other !== field && other.name === field.name)) return 'is there twice';
  if (field.by !== 'model' && !Name.test(field.name)) return 'what is drawn needs a name of letters, digits and _';
  if (!field.isPlain) return '';
  if (field.by !== 'model' && !Drawable.includes(field.kind)) return `${Kinds[field.kind]} is for the model to write`;
  if (field.kind === 'choice') return choices(field.values) ? '' : 'list values as: free: 70, pro: 30';
  if (!Bounded.includes(field.kind)) return '';
  if (field.by === 'model' && (field.kind === 'date' || field.kind === 'moment')) return field.values.trim() === '' ? '' : 'a range of dates is for DataGen to draw';
  const [least, most] = rangeOf(field) ?? [];
  const example = field.kind === 'integer' || field.kind === 'number' ? '18 – 90' : '2024-01-01 – 2024-12-31';
  if (least === undefined && most === undefined) return field.values.trim() === '' && field.by === 'model' ? '' : `needs a range such as ${example}`;
  if (field.by !== 'model' && (least === undefined || most === undefined)) return `needs both ends, such as ${example}`;
  return least > most ? 'begins after its end' : '';
}

function choices(text) {
  const found = text.split(',').map(part => part.trim()).filter(Boolean).map(part => {
    const [value, weight, ...more] = part.split(':').map(piece => piece.trim());
    return more.length > 0 || value === '' || (weight !== undefined && !(Number(weight) >= 0 && weight !== '')) ? null : [value, weight === undefined ? undefined : Number(weight)];
  });
  return found.length === 0 || found.includes(null) ? null : found;
}

function rangeOf({ kind, values }) {
  const isNumber = kind === 'integer' || kind === 'number';
  const found = (isNumber ? NumberRange : DateRange).exec(values);
  return found && found.slice(1).map(end => (end === undefined || !isNumber ? end : Number(end)));
}

/** The definition that these rows stand for. What a row cannot say stays as it is in the old one. */
export function withFields(definition, fields) {
  const { schema, samplers = {}, unique, ...rest } = definition;
  const old = schema?.properties ?? {};
  // A drawn member that the schema does not name stays out of the schema.
  const inRecord = fields.filter(field => field.by !== 'prompt' && (field.by === 'model' || Object.hasOwn(old, field.was) || !Object.hasOwn(samplers, field.was)));
  const made = { ...rest };
  const drawn = fields.filter(field => field.by !== 'model');
  if (drawn.length > 0) made.samplers = Object.fromEntries(drawn.map(field => [field.name, samplerOf(field, samplers[field.was])]));
  // A definition without a schema that only draws values gets no schema here.
  if (schema || inRecord.some(field => field.by === 'model')) {
    made.schema = {
      type: 'object',
      ...schema,
      properties: Object.fromEntries(inRecord.map(field => [field.name, propertyOf(field, old[field.was], samplers[field.was])])),
      required: inRecord.filter(field => !Object.hasOwn(old, field.was) || schema.required?.includes(field.was)).map(field => field.name),
      additionalProperties: schema ? schema.additionalProperties ?? true : false,
    };
    if (schema && schema.additionalProperties === undefined) delete made.schema.additionalProperties;
  }

  const sets = setsOf(unique, fields, fieldsOf(definition).map(field => field.name));
  if (sets === true || sets.length > 0) made.unique = sets;
  return made;
}

function propertyOf(field, old, sampler) {
  if (!field.isPlain) return old ?? {};
  const kept = old && kindOf(old, sampler) === field.kind ? { ...old } : fresh(field.kind);
  const isOther = !old || kindOf(old, sampler) !== field.kind;
  if (field.kind === 'choice' && (isOther || old.enum)) kept.enum = choices(field.values).map(([value]) => value);
  if (field.kind === 'integer' || field.kind === 'number') {
    const [least, most] = rangeOf(field) ?? [];
    for (const [name, end] of [['minimum', least], ['maximum', most]]) {
      if (end === undefined) delete kept[name];
      else kept[name] = end;
    }
  }

  return kept;
}

function fresh(kind) {
  const format = Object.keys(Formats).find(name => Formats[name] === kind);
  if (format) return { type: 'string', format };
  if (kind === 'list') return { type: 'array', items: { type: 'string' } };
  return { type: kind === 'text' || kind === 'choice' ? 'string' : kind };
}

function samplerOf(field, old) {
  if (!field.isPlain) return old;
  const steers = field.by === 'prompt' ? { inRecord: false } : {};
  if (field.kind === 'choice') {
    const listed = choices(field.values);
    return listed.some(([, weight]) => weight !== undefined)
      ? { type: 'category', weights: Object.fromEntries(listed.map(([value, weight]) => [value, weight ?? 1])), ...steers }
      : { type: 'values', values: listed.map(([value]) => value), ...steers };
  }

  const type = SamplerTypes[field.kind];
  const { inRecord: _, ...same } = old?.type === type ? old : {};
  const [min, max] = rangeOf(field) ?? [];
  return { ...same, type, ...(field.kind === 'uuid' ? {} : { min, max }), ...steers };
}

/** Sets follow their members' names, and go with one that is removed; what has no row stays as it is. */
function setsOf(unique, fields, before) {
  if (unique === true) return true;
  const names = new Map(fields.map(field => [field.was, field.name]));
  const isGone = member => before.includes(member) && !names.has(member);
  const renamed = members => (members.some(isGone) ? null : members.map(member => names.get(member) ?? member));
  const hasRow = set => Array.isArray(set) && set.length === 1 && before.includes(set[0]);
  const several = (unique || []).filter(set => !hasRow(set)).map(set => {
    const members = renamed(Array.isArray(set) ? set : set.members);
    return members && (Array.isArray(set) ? members : { ...set, members });
  });
  return [...fields.filter(field => field.unique && field.by !== 'prompt').map(field => [field.name]), ...several.filter(Boolean)];
}

/** A field in a few words: age · integer · 18 – 90 · unique. */
export const wordsOf = field => [field.name, field.isPlain ? Kinds[field.kind] : 'as in the JSON', field.isPlain ? field.values : '', field.by === 'model' ? '' : 'drawn', field.unique ? 'unique' : ''].filter(Boolean).join(' · ');
