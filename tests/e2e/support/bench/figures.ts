import { appendFile } from "node:fs/promises";

/** How often a thing is measured; fewer times for a first idea. */
export const RUNS = Number(process.env["PORTICO_BENCH_RUNS"] ?? "5");

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) {
    throw new Error("nothing was measured");
  }
  return (low + high) / 2;
}

/** Adds a table to what `cargo xtask bench pages` prints. The first column holds words. */
export async function tell(words: string, columns: string[], rows: string[][]): Promise<void> {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const rule = ["---", ...columns.slice(1).map(() => "--:")];
  const table = [columns, rule, ...rows].map(line).join("\n");
  const file = process.env["PORTICO_BENCH_REPORT"];
  if (file === undefined) {
    throw new Error("PORTICO_BENCH_REPORT is not set: run `cargo xtask bench pages`");
  }
  await appendFile(file, `${words}\n\n${table}\n\n`);
}
