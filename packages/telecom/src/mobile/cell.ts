import type { Doubt, Parsed, Understood } from '../parsed.ts';
import { notUnderstood, tidy, understood } from '../parsed.ts';
import { networkDoubts } from './plmn.ts';

/** A cell or an area of cells: TS 23.003 §4, §19.4, §19.6; TS 29.571 §5.4. */
export interface Cell extends Understood<'cell'> {
  readonly form: CellForm;
  /** `mcc-mnc` */
  readonly plmn: string;
  /** Location or tracking area code; undefined where the form has none. */
  readonly area: string | undefined;
  /** The cell in its network; undefined for an area. Decimal for CGI, capital hexadecimal digits for ECGI and NCGI. */
  readonly cell: string | undefined;
}

/** `cgi`: 2G and 3G; `ecgi`: 4G; `ncgi`: 5G; `tai`: a tracking area of 4G or 5G. */
export type CellForm = 'cgi' | 'ecgi' | 'ncgi' | 'tai';

const network = String.raw`^(\d{3})[-:/](\d{2,3})[-:/]`;
/** How each is written: with hexadecimal digits from 4G on, unless decimal ones are said to be such. */
const forms: readonly { readonly form: CellForm; readonly reads: RegExp }[] = [
  { form: 'cgi', reads: new RegExp(`${network}(\\d{1,5})[-:/](\\d{1,5})$`) },
  { form: 'ecgi', reads: new RegExp(`${network}()(?:0x)?([0-9A-Fa-f]{7})$`) },
  { form: 'ncgi', reads: new RegExp(`${network}()(?:0x)?([0-9A-Fa-f]{9})$`) },
  { form: 'tai', reads: new RegExp(`${network}(?:0x)?([0-9A-Fa-f]{4}|[0-9A-Fa-f]{6})()$`) },
];
const inDecimal = new RegExp(`${network}dec(?:imal)?[:=\\s]\\s*(\\d{1,11})$`, 'i');
const inSectors = new RegExp(`${network}(\\d{1,7})[-:/](\\d{1,3})$`);
const bits: Readonly<Record<CellForm, number>> = { cgi: 32, ecgi: 28, ncgi: 36, tai: 24 };

/**
 * Reads `cgi:206-01-1234-56789` (location area and cell in decimal), `ecgi:206-01-0ABCDEF`, `ncgi:206-01-00000ABCD` and
 * `tai:206-01-1F2E`. The word before the colon may be left out: the number of digits tells the form. Decimal digits of 4G and 5G say so, as
 * in `ecgi:206-01-dec:11259375`; `ecgi:206-01-43981-239` names eNodeB and sector.
 */
export function parseCell(text: string): Parsed<Cell> {
  const [, word, rest = ''] = /^(?:(cgi|ecgi|ncgi|tai)[:=\s]\s*)?(.*)$/is.exec(tidy(text)) ?? [];
  const named = word?.toLowerCase();
  for (const { form, reads } of forms) {
    if (named !== undefined && named !== form) continue;
    const [, mcc = '', mnc = '', area = '', cell = ''] = reads.exec(rest) ?? [];
    if (mcc === '') continue;
    if (form === 'cgi') return readCgi({ raw: text, mcc, mnc, area, cell });
    const parts = { area: area.toUpperCase(), cell: cell.toUpperCase() };
    return understood(make({ raw: text, form, mcc, mnc, ...parts }));
  }
  const number = named === 'ecgi' ? sectorNumber(rest) : undefined;
  const [, mcc = '', mnc = '', digits] = inDecimal.exec(rest) ?? inSectors.exec(rest) ?? [];
  if ((named === 'ecgi' || named === 'ncgi' || named === 'tai') && mcc !== '')
    return readNumber({ raw: text, form: named, mcc, mnc, number: number ?? Number(digits) });
  return notUnderstood(
    'A cell is written as cgi:mcc-mnc-lac-ci, ecgi:mcc-mnc-7 hexadecimal digits, ncgi:mcc-mnc-9 hexadecimal digits or tai:mcc-mnc-tac.',
  );
}

/** A cell of 4G by its eNodeB (20 bits) and its sector (8 bits); undefined for anything else. */
function sectorNumber(rest: string): number | undefined {
  const [, , , station = '', sector = ''] = inSectors.exec(rest) ?? [];
  if (sector === '') return undefined;
  // Too large a sector must not become another eNodeB's.
  return Number(sector) > 255 ? 2 ** 28 : Number(station) * 256 + Number(sector);
}

function readNumber(parts: {
  readonly raw: string;
  readonly form: 'ecgi' | 'ncgi' | 'tai';
  readonly mcc: string;
  readonly mnc: string;
  readonly number: number;
}): Parsed<Cell> {
  const { form, number } = parts;
  if (number >= 2 ** bits[form])
    return notUnderstood(`${form.toUpperCase()} has ${bits[form]} bits: that is too large.`);
  // A tracking area of 4G has 16 bits, one of 5G 24.
  const width = form === 'tai' && number < 65_536 ? 4 : bits[form] / 4;
  const digits = number.toString(16).toUpperCase().padStart(width, '0');
  return understood(
    make({ ...parts, area: form === 'tai' ? digits : '', cell: form === 'tai' ? '' : digits }),
  );
}

function readCgi(parts: { raw: string; mcc: string; mnc: string; area: string; cell: string }): Parsed<Cell> {
  const [area, cell] = [Number(parts.area), Number(parts.cell)];
  if (area > 65_535 || cell > 65_535)
    return notUnderstood('Location area and cell of a CGI are 65535 at the most.');
  return understood(make({ ...parts, form: 'cgi', area: String(area), cell: String(cell) }));
}

function make(parts: {
  readonly raw: string;
  readonly form: CellForm;
  readonly mcc: string;
  readonly mnc: string;
  readonly area: string;
  readonly cell: string;
}): Cell {
  const { raw, form, mcc, mnc, area, cell } = parts;
  const doubts: readonly Doubt[] = [
    ...networkDoubts(mcc, mnc),
    ...(cell === ''
      ? []
      : [
          {
            code: 'identifies-a-person',
            message: 'A cell together with a time can tell where a person was.',
          } as const,
        ]),
  ];
  return {
    kind: 'cell',
    raw,
    value: `${form}:${[mcc, mnc, area, cell].filter((part) => part !== '').join('-')}`,
    form,
    plmn: `${mcc}-${mnc}`,
    area: area === '' ? undefined : area,
    cell: cell === '' ? undefined : cell,
    doubts,
  };
}
