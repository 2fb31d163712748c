// biome-ignore-all lint/a11y/noRedundantRoles: the phone layout changes display, and with it the implied roles
import type { ReactNode } from 'react';
import { cx } from './cx';

export interface Column<Row> {
  key: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  right?: boolean;
  /** Where it stands in a row of two lines on a phone: a b over c d; "none" leaves it out there. */
  phone: 'a' | 'b' | 'c' | 'd' | 'none';
  /** Sorting of this column now, for screen readers; the button that sorts is part of `head`. */
  sorted?: 'ascending' | 'descending' | 'none';
}

interface TableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  busy?: boolean;
}

/** A table that turns into rows of two lines on a phone. Roles are written out, since `display` would drop them. */
export function Table<Row>({ caption, columns, rows, keyOf, busy }: TableProps<Row>) {
  return (
    <table role="table" className={cx('rows', busy && 'opacity-60')} aria-busy={busy || undefined}>
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, head, right, sorted }) => (
            <th
              key={key}
              role="columnheader"
              scope="col"
              aria-sort={sorted}
              className={right ? 'right' : undefined}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ key, cell, right, phone }) => (
              <td key={key} role="cell" data-phone={phone} className={right ? 'right' : undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
