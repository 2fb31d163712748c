'use client';

import { useId, useState } from 'react';
import { type Hex, keccak256 } from 'viem';
import { Hash } from '@/shared/ui/Hash';

const MOST_BYTES = 100 * 1024 * 1024;

interface FileHashFieldProps {
  label: string;
  hint: string;
  error?: string | undefined;
  onHash: (hash: Hex | null) => void;
}

/** A document whose keccak256 is computed here; the file itself goes nowhere. */
export function FileHashField({ label, hint, error, onHash }: FileHashFieldProps) {
  const id = useId();
  const [hash, setHash] = useState<Hex | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const read = async (file: File | undefined) => {
    const large = file !== undefined && file.size > MOST_BYTES;
    const next = file && !large ? keccak256(new Uint8Array(await file.arrayBuffer())) : null;
    setTooLarge(large);
    setHash(next);
    onHash(next);
  };
  const problem = tooLarge ? 'The file is larger than 100 MB. Choose a smaller one.' : error;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-[13.5px] font-semibold">
        {label}
      </label>
      <input
        id={id}
        type="file"
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-more`}
        onChange={(event) => read(event.target.files?.[0])}
        className="block w-full text-[14px] text-ink-2 file:mr-3 file:min-h-11 file:cursor-pointer file:rounded-lg file:border file:border-edge file:bg-transparent file:px-4 file:font-semibold file:text-ink hover:file:bg-sunk"
      />
      <div id={`${id}-more`} className={`mt-1 text-[13px] ${problem ? 'text-down' : 'text-ink-2'}`}>
        {problem ?? (hash ? <>keccak256 {<Hash value={hash} label="hash of the file" />}</> : hint)}
      </div>
    </div>
  );
}
