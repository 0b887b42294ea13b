import type { Sheet } from "../sheet";

export function part(_sheet: Sheet): void {}
