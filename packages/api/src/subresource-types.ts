import { TokenRequest } from './authentication/v1/token-request.ts';
import { Scale } from './autoscaling/v1/scale.ts';
import { Binding } from './core/v1/binding.ts';
import { Eviction } from './policy/v1/eviction.ts';
import type { StructType } from './schema/dsl.ts';

/** Types that only subresources speak: never stored. */
export const subresourceTypes: readonly StructType[] = [Binding, Eviction, TokenRequest, Scale];
