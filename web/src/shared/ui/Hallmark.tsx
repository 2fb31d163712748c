/** The refiner's code as a stamp in the metal; stands wherever a bar is named. */
export function Hallmark({ refiner }: { refiner: string }) {
  return (
    <span className="mr-2.5 inline-grid h-[22px] min-w-[34px] place-items-center rounded-t-[4px] rounded-b-[9px] border-[1.4px] border-gold px-1 align-middle font-sans text-[10px] leading-none font-semibold tracking-normal text-gold">
      {refiner}
    </span>
  );
}

interface BarNameProps {
  refiner: string;
  serial: string;
  year: number;
}

export function BarName({ refiner, serial, year }: BarNameProps) {
  return (
    <span className="whitespace-nowrap">
      <Hallmark refiner={refiner} />
      {serial}, {year}
    </span>
  );
}
