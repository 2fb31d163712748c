import { Tag } from '../ui/Tag';
import { BAR_TONES, BAR_WORDS, type BarState } from './bar-words';

export function BarTag({ state }: { state: BarState }) {
  return <Tag tone={BAR_TONES[state]}>{BAR_WORDS[state]}</Tag>;
}
