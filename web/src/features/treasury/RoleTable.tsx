'use client';

import { ROLES, type RoleName, roleOf } from '@e-aurum/sdk/roles';
import { useDeployment } from '@/chain/deployment';
import { formatPeriod } from '@/shared/format/time';
import { Hash } from '@/shared/ui/Hash';
import { useNames } from './use-names';

const isRole = (role: string): role is RoleName => Object.hasOwn(ROLES, role);

/** Who may do what, and after which delay: the table that the deployment wrote into the access manager. */
export function RoleTable() {
  const { roles } = useDeployment();
  const names = [...new Set(roles.map(({ role }) => role))];
  return (
    <ul className="border-t border-line">
      {names.map((name) => (
        <RoleRow key={name} name={name} rows={roles.filter(({ role }) => role === name)} />
      ))}
    </ul>
  );
}

interface RoleRowProps {
  name: string;
  rows: readonly { holder: string; delaySeconds: number; functions: readonly string[] }[];
}

function RoleRow({ name, rows }: RoleRowProps) {
  const nameOf = useNames();
  const [first] = rows;
  if (!first) return null;
  const role = isRole(name) ? roleOf(name) : null;
  return (
    <li className="border-b border-line py-4">
      <div className="grid gap-x-6 gap-y-1 md:grid-cols-[170px_minmax(0,1fr)_220px]">
        <h3 className="font-semibold">{name}</h3>
        <p className="text-[14px]">
          {role && <>May {role.may}.</>}
          {role?.guardian && <span className="text-ink-2"> A guardian can veto it.</span>}
          {role?.hot && <span className="text-ink-2"> A guardian can strip it at once.</span>}
        </p>
        <p className="text-[14px] md:text-right">
          {first.delaySeconds === 0 ? 'at once' : `after ${formatPeriod(first.delaySeconds)}`}
        </p>
      </div>
      <div className="mt-1.5 grid gap-x-6 md:grid-cols-[170px_minmax(0,1fr)]">
        <span className="text-[13px] text-ink-2 max-md:sr-only">Held by</span>
        <span className="flex flex-wrap gap-x-4 gap-y-1 text-[13.5px]">
          {rows.map(({ holder }) => (
            <span key={holder}>
              {nameOf(holder) && <>{nameOf(holder)} </>}
              <Hash value={holder} label="holder of the role" />
            </span>
          ))}
        </span>
      </div>
      <details className="mt-1.5 text-[13.5px] md:ml-[194px]">
        <summary className="text-ink-2 hover:text-ink">
          {first.functions.length} {first.functions.length === 1 ? 'function' : 'functions'}
        </summary>
        <p className="mt-1 font-mono text-[12.5px] leading-6 break-words">{first.functions.join(', ')}</p>
      </details>
    </li>
  );
}
