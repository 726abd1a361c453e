export function wholeSentences(text: string): string;
