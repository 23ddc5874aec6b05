import { DYN, isDyn, isSameType, nameOf, paramsOf, type Type } from './types.ts';

/** What the type parameters of one expression have been found to be. */
export class Substitution {
  readonly #types = new Map<string, Type>();
  /** What has been replaced, so that a failed attempt can be undone. */
  readonly #trail: (readonly [name: string, previous: Type | undefined])[] = [];

  /** Whether a value of type `from` can stand where `to` is asked; parameters found on the way are kept if so. */
  assign(to: Type, from: Type): boolean {
    return this.assignAll([to], [from]);
  }

  assignAll(to: readonly Type[], from: readonly Type[]): boolean {
    this.#trail.length = 0;
    if (this.#assignableList(to, from)) {
      return true;
    }
    for (const [name, previous] of this.#trail.reverse()) {
      if (previous) {
        this.#types.set(name, previous);
      } else {
        this.#types.delete(name);
      }
    }
    return false;
  }

  /** `type` with its parameters replaced by what they are; free ones become dyn if asked. */
  apply(type: Type, freeToDyn: boolean): Type {
    if (type.kind === 'param') {
      const found = this.#types.get(type.name);
      return found ? this.apply(found, freeToDyn) : freeToDyn ? DYN : type;
    }
    const params = paramsOf(type);
    if (params.length === 0) {
      return type;
    }
    return { ...type, params: params.map((param) => this.apply(param, freeToDyn)) } as Type;
  }

  #set(name: string, type: Type): void {
    this.#trail.push([name, this.#types.get(name)]);
    this.#types.set(name, type);
  }

  #assignableList(a: readonly Type[], b: readonly Type[]): boolean {
    return a.length === b.length && a.every((type, index) => this.#assignable(type, b[index] as Type));
  }

  #assignable(a: Type, b: Type): boolean {
    if (b.kind === 'param') {
      const { valid, known } = this.#substitute(a, b);
      if (valid || known) {
        return valid;
      }
    }
    if (a.kind === 'param') {
      return this.#substitute(b, a).valid;
    }
    if (isDyn(a) || isDyn(b) || a.kind === 'error' || b.kind === 'error') {
      return true;
    }
    if (a.kind === 'null' || b.kind === 'null') {
      return isNullable(a.kind === 'null' ? b : a);
    }
    if (a.kind === 'type') {
      return b.kind === 'type';
    }
    return a.kind === b.kind && nameOf(a) === nameOf(b) && this.#assignableList(paramsOf(a), paramsOf(b));
  }

  #substitute(type: Type, param: Type & { kind: 'param' }): { valid: boolean; known: boolean } {
    if (isSameType(type, param)) {
      return { valid: true, known: true };
    }
    const found = this.#types.get(param.name);
    if (!found) {
      if (!this.#isFreeOf(param, type)) {
        return { valid: false, known: false };
      }
      this.#set(param.name, type);
      return { valid: true, known: false };
    }
    if (isSameType(type, found)) {
      return { valid: true, known: true };
    }
    if (!this.#assignable(type, found)) {
      return { valid: false, known: true };
    }
    const general = mostGeneral(type, found);
    if (this.#isFreeOf(param, general)) {
      this.#set(param.name, general);
    }
    return { valid: true, known: true };
  }

  /** Whether `param` does not occur in `type`. */
  #isFreeOf(param: Type & { kind: 'param' }, type: Type): boolean {
    if (isSameType(param, type)) {
      return false;
    }
    if (type.kind === 'param') {
      const found = this.#types.get(type.name);
      return !found || this.#isFreeOf(param, found);
    }
    return paramsOf(type).every((inner) => this.#isFreeOf(param, inner));
  }
}

function isNullable(type: Type): boolean {
  return ['null', 'opaque', 'object', 'duration', 'timestamp'].includes(type.kind);
}

/** The one of two assignable types that says less. */
export function mostGeneral(a: Type, b: Type): Type {
  return isEqualOrLessSpecific(a, b) ? a : b;
}

function isEqualOrLessSpecific(a: Type, b: Type): boolean {
  if (isDyn(a) || a.kind === 'param') {
    return true;
  }
  if (isDyn(b) || b.kind === 'param' || a.kind !== b.kind) {
    return false;
  }
  if (a.kind === 'type') {
    return true;
  }
  const [left, right] = [paramsOf(a), paramsOf(b)];
  return (
    nameOf(a) === nameOf(b) &&
    left.length === right.length &&
    left.every((type, index) => isEqualOrLessSpecific(type, right[index] as Type))
  );
}
