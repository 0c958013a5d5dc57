/** The check digit of ISO/IEC 7812-1 (Luhn) for a string of digits that lacks it. */
export function luhnCheckDigit(digits: string): number {
  let sum = 0;
  for (let index = digits.length - 1, doubled = true; index >= 0; index -= 1, doubled = !doubled) {
    const digit = digits.charCodeAt(index) - 48;
    const weighted = doubled ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return (10 - (sum % 10)) % 10;
}

/** Whether the last digit is the check digit of those before it. */
export function luhnHolds(digits: string): boolean {
  return (
    digits.length > 1 && luhnCheckDigit(digits.slice(0, -1)) === digits.charCodeAt(digits.length - 1) - 48
  );
}
