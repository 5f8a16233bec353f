// Samples and agreement of reviews: pure functions, the same as smart_asn.desk.reviews computes.
"use strict";

// A number from 0 to 2^32 - 1 for a text: FNV-1a, mixed as MurmurHash3 ends. A sample is what sorts first by it.
function hashed(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

// So many of the ids, drawn with a seed, in the order of the draw.
function sample(ids, size, seed) {
  const keyed = ids.map((id) => [hashed(`${seed} ${id}`), id]);
  keyed.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
  return keyed.slice(0, size).map(([, id]) => id);
}

// Agreement of two raters on pairs of categories: raw share and Cohen's kappa (1960); null of no pairs.
function agreementOf(pairs) {
  if (!pairs.length) return { units: 0, raw: null, kappa: null };
  const share = (test) => pairs.filter(test).length / pairs.length;
  const raw = share(([a, b]) => a === b);
  let chance = 0;
  for (const category of new Set(pairs.flat())) chance += share(([a]) => a === category) * share(([, b]) => b === category);
  return { units: pairs.length, raw, kappa: chance < 1 ? (raw - chance) / (1 - chance) : 1 };
}

// Krippendorff's alpha for nominal data (2019, 4th ed.). Each unit is the list of the categories it was given.
function alpha(units) {
  const pairable = units.filter((values) => values.length > 1);
  const totals = new Map();
  let all = 0;
  let disagreeing = 0;
  for (const values of pairable) {
    const counts = new Map();
    for (const value of values) {
      counts.set(value, (counts.get(value) || 0) + 1);
      totals.set(value, (totals.get(value) || 0) + 1);
    }
    let same = 0;
    for (const count of counts.values()) same += count * (count - 1);
    disagreeing += (values.length * (values.length - 1) - same) / (values.length - 1);
    all += values.length;
  }
  if (!all) return null;
  if (totals.size < 2) return 1;
  let expected = all * (all - 1);
  for (const count of totals.values()) expected -= count * (count - 1);
  return 1 - ((all - 1) * disagreeing) / expected;
}

// What reviews come to, beside the edition's questions ({id, digest, outcome}).
function compareReviews(reviews, questions) {
  const known = new Map(questions.map((question) => [question.id, question]));
  const given = reviews.map((review) => {
    const answers = new Map();
    const changed = [];
    for (const { question, digest, outcome } of review.judgements) {
      const now = known.get(question);
      if (!now || now.digest !== digest) changed.push(question);
      else if (outcome) answers.set(question, outcome);
    }
    return { answers, changed };
  });
  const edition = given.map(({ answers }) => agreementOf([...answers].map(([id, outcome]) => [known.get(id).outcome, outcome])));
  const between = [];
  for (let one = 0; one < given.length; one += 1) {
    for (let two = one + 1; two < given.length; two += 1) {
      const both = [...given[one].answers].filter(([id]) => given[two].answers.has(id));
      between.push({ one, two, ...agreementOf(both.map(([id, outcome]) => [outcome, given[two].answers.get(id)])) });
    }
  }
  const units = questions.map(({ id }) => given.flatMap(({ answers }) => (answers.has(id) ? [answers.get(id)] : [])));
  const rows = questions
    .filter(({ id }) => given.some(({ answers }) => answers.has(id)))
    .map(({ id, outcome }) => ({ id, edition: outcome, given: given.map(({ answers }) => answers.get(id) || null) }));
  return { edition, between, alpha: given.length > 1 ? alpha(units) : null, changed: given.map((g) => g.changed), rows };
}

globalThis.agreement = { hashed, sample, agreementOf, alpha, compareReviews };
