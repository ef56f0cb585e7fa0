/** Tables of common kinds, generated from a seed: measured flowers, wines with their class first, passengers. */

/** A small generator of numbers from 0 to 1 (mulberry32), so that the tables are the same each time. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const near = (draw: () => number, center: number, spread: number): number =>
  center + spread * (draw() + draw() + draw() - 1.5);

/** Id, four lengths, the species in words. */
export function flowers(rows = 150): string {
  const draw = random(1);
  const species = ['Iris-setosa', 'Iris-versicolor', 'Iris-virginica'];
  const lines = Array.from({ length: rows }, (_, row) => {
    const kind = Math.floor((row * 3) / rows);
    const lengths = [5 + kind * 0.8, 3.4 - kind * 0.2, 1.5 + kind * 2, 0.3 + kind * 0.8];
    return [row + 1, ...lengths.map((one) => near(draw, one, 0.4).toFixed(1)), species[kind]].join(',');
  });
  return `Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species\n${lines.join('\n')}\n`;
}

/** No heading, the class 1 to 3 first, thirteen measurements. */
export function wines(): string {
  const draw = random(2);
  return [59, 71, 48]
    .flatMap((count, kind) =>
      Array.from({ length: count }, () => {
        const measured = Array.from({ length: 12 }, (_, place) => near(draw, 2 + place + kind, 0.8).toFixed(2));
        return [kind + 1, ...measured, Math.round(near(draw, 700 + 300 * kind, 200))].join(',');
      }),
    )
    .join('\n');
}

/** Ids, texts with commas in quotes, gaps, and whether one survived. */
export function passengers(rows = 100): string {
  const draw = random(3);
  const lines = Array.from({ length: rows }, (_, row) => {
    const age = draw() < 0.2 ? '' : Math.round(near(draw, 30, 20));
    const sex = draw() < 0.5 ? 'male' : 'female';
    return [
      row + 1,
      Math.round(draw()),
      1 + Math.floor(draw() * 3),
      `"Person, Mr. ${row}"`,
      sex,
      age,
      near(draw, 30, 20).toFixed(2),
    ].join(',');
  });
  return `PassengerId,Survived,Pclass,Name,Sex,Age,Fare\n${lines.join('\n')}\n`;
}
