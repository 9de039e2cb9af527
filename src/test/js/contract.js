// Drives the sandbox with Airtable's own client; prints what it saw as one JSON object.
'use strict';

const Airtable = require('airtable');

const [endpointUrl, baseId, tableName] = process.argv.slice(2);

// The client backs off for a random part of several seconds: take the shortest.
Math.random = () => 0.01;

const table = new Airtable({apiKey: 'patContract', endpointUrl}).base(baseId)(tableName);

async function failure(work) {
  try {
    await work();
    return null;
  } catch (e) {
    return {error: e.error, message: e.message, statusCode: e.statusCode};
  }
}

function changes(records, count) {
  return records.slice(0, count).map((record) => ({id: record.id, fields: {Notes: 'by client'}}));
}

async function main() {
  const seen = {};
  const filter = {
    filterByFormula: "AND({Score} >= 50, IS_AFTER({Changed}, '2026-01-01T00:00:00.000Z'))",
    fields: ['Name', 'Score'],
    sort: [{field: 'Score', direction: 'desc'}],
  };
  const listed = await table.select({...filter, pageSize: 20}).all();
  seen.listed = listed.map((record) => record.fields.Score);
  seen.fieldsOfFirst = Object.keys(listed[0].fields).sort();

  const updated = await table.update(changes(listed, 10));
  seen.updated = updated.map((record) => record.fields.Notes);
  seen.eleven = await failure(() => table.update(changes(listed, 11)));
  seen.unknownField = await failure(() => table.update(listed[0].id, {Nope: 1}));
  seen.absent = await failure(() => table.find('recUnknown0000001'));

  const created = await table.create([{fields: {Name: 'New', Score: 1}}, {fields: {Name: 'Newer'}}]);
  seen.created = created.map((record) => record.get('Name'));
  seen.replaced = (await table.replace(created[0].id, {Name: 'Only'})).fields.Score ?? null;
  seen.destroyed = (await table.destroy(created.map((record) => record.id))).length;

  // A formula too long for a URL makes the client list by POST.
  const ids = Array.from({length: 800}, () => `RECORD_ID()='${listed[0].id}'`);
  seen.byPost = (await table.select({filterByFormula: `OR(${ids.join(',')})`}).all()).length;

  seen.afterRateLimit = (await table.find('recLimited0000001')).get('Name');
  console.log(JSON.stringify(seen));
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
