/** The devnet's gold: synthetic bars, labelled as such by their serials, in the shape of an LBMA weight list. */
import { asciiToBytes, parseWeightList, type WeightListBar } from '@e-aurum/sdk';
import { id } from 'ethers';

/** Serial, brand, gross oz, assay, fine oz, year. Bars of 400 oz, kilobars, and bars of 100 g. */
export const WEIGHT_LIST = `serial, brand, gross oz, assay, fine oz, year
SYN-400-0001, DXA, 401.125, 995.8, 399.440, 2023
SYN-400-0002, DXA, 398.850, 996.1, 397.294, 2023
SYN-400-0003, DXB, 403.475, 995.4, 401.619, 2024
SYN-1000-0001, DXB, 32.150747, 999.9, 32.148, 2024
SYN-1000-0002, DXB, 32.150747, 999.9, 32.148, 2024
SYN-1000-0003, DXC, 32.150747, 999.9, 32.148, 2025
SYN-100-0001, DXC, 3.215075, 999.9, 3.215, 2025
SYN-100-0002, DXC, 3.215075, 999.9, 3.215, 2025
SYN-100-0003, DXC, 3.215075, 999.9, 3.215, 2025
SYN-100-0004, DXC, 3.215075, 999.9, 3.215, 2025
SYN-100-0005, DXC, 3.215075, 999.9, 3.215, 2025
SYN-100-0006, DXA, 3.215075, 999.9, 3.215, 2026
SYN-100-0007, DXA, 3.215075, 999.9, 3.215, 2026
SYN-100-0008, DXA, 3.215075, 999.9, 3.215, 2026
`;

/** Booked, and left for the auditor to endorse. */
export const UNENDORSED_SERIAL = 'SYN-100-0008';

/** Good Delivery bars lie in London, the others in Zurich. */
function vaultOf(bar: WeightListBar): string {
  return bar.serial.startsWith('SYN-400') ? 'LON1' : 'ZRH1';
}

/** What stands in for the bar's papers: a devnet has none, and says so. */
export function documentOf({ serial, refiner, year }: WeightListBar): string {
  return `Synthetic assay certificate of bar ${serial}, ${refiner}, ${year}. There is no such bar.`;
}

export function seedBars(): WeightListBar[] {
  const { bars, problems } = parseWeightList(WEIGHT_LIST);
  if (problems.length > 0) throw new Error(`the seed's weight list: ${problems[0]!.problem}`);
  return bars;
}

/** A bar as GoldReserve.bookMany takes it. */
export function barInput(bar: WeightListBar) {
  return {
    refiner: asciiToBytes(bar.refiner, 8),
    serial: asciiToBytes(bar.serial, 32),
    year: bar.year,
    grossWeightMg: bar.grossWeightMg,
    fineness: bar.fineness,
    vault: asciiToBytes(vaultOf(bar), 4),
    documentsHash: id(documentOf(bar)),
  };
}
