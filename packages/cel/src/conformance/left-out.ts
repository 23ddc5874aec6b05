/** What of the corpus does not hold here, and why. */

/** Protobuf messages, wrappers and enums: values in Kubernetes are JSON. */
export const NEEDS_PROTOBUF =
  /proto[23]|google\.protobuf\.(?:Any|Value|Struct|ListValue|\w+Value)|TestAllTypes|messageType/;

export const LEFT_OUT_SUITES: Readonly<Record<string, string>> = {
  proto2: 'protobuf messages',
  proto2_ext: 'protobuf messages',
  proto3: 'protobuf messages',
  wrappers: 'protobuf messages',
  enums: 'protobuf enums',
  dynamic: 'protobuf messages',
  bindings_ext: 'cel.bind is not in the environment of Kubernetes',
  block_ext: 'cel.block is not in the environment of Kubernetes',
  encoders_ext: 'base64 is not in the environment of Kubernetes',
  math_ext: 'math.* is not in the environment of Kubernetes',
  unknowns: 'evaluation with unknown values is not in Kubernetes',
  network_ext: 'Kubernetes has address functions of its own',
};

interface LeftOut {
  readonly reason: string;
  /** How it differs from what the corpus expects. */
  readonly problem: RegExp;
  readonly paths: readonly string[];
}

const GROUPS: readonly LeftOut[] = [
  {
    reason: 'Run without a check of types, which Kubernetes always makes.',
    problem: /^(?:undeclared reference to|found no matching overload for|expected type) '/,
    paths: [
      'basic/variables/unbound_is_runtime_error',
      'basic/functions/unbound_is_runtime_error',
      'comparisons/eq_literal/not_eq_list_length',
      'comparisons/eq_literal/eq_mixed_types',
      'comparisons/eq_literal/eq_list_elem_mixed_types',
      'comparisons/ne_literal/ne_mixed_types',
      'logic/conditional/mixed_type',
      'logic/AND/short_circuit_type_left',
      'logic/AND/short_circuit_type_right',
      'logic/OR/short_circuit_type_left',
      'logic/OR/short_circuit_type_right',
      'parse/receiver_function_names/as',
      'parse/receiver_function_names/break',
      'parse/receiver_function_names/const',
      'parse/receiver_function_names/continue',
      'parse/receiver_function_names/else',
      'parse/receiver_function_names/for',
      'parse/receiver_function_names/function',
      'parse/receiver_function_names/if',
      'parse/receiver_function_names/import',
      'parse/receiver_function_names/let',
      'parse/receiver_function_names/loop',
      'parse/receiver_function_names/package',
      'parse/receiver_function_names/namespace',
      'parse/receiver_function_names/return',
      'parse/receiver_function_names/var',
      'parse/receiver_function_names/void',
      'parse/receiver_function_names/while',
      'plumbing/check_inputs/skip_check',
    ],
  },
  {
    reason: 'Literals whose elements differ in type: Kubernetes refuses them (HomogeneousAggregateLiterals).',
    problem: /^expected type '[^']+' but found '/,
    paths: [
      'comparisons/eq_literal/not_eq_list_null',
      'comparisons/eq_literal/eq_list_mixed_type_numbers',
      'comparisons/eq_literal/not_eq_list_mixed_type_numbers',
      'comparisons/eq_literal/not_eq_list_false_vs_types',
      'comparisons/eq_literal/not_eq_map_null',
      'comparisons/eq_literal/eq_map_mixed_type_numbers',
      'comparisons/eq_literal/not_eq_map_false_vs_types',
      'comparisons/eq_literal/eq_map_value_mixed_types',
      'comparisons/eq_literal/not_eq_list_elem_null',
      'comparisons/eq_literal/not_eq_map_value_null',
      'comparisons/in_list_literal/elem_in_mixed_type_list',
      'comparisons/in_list_literal/elem_in_mixed_type_list_cross_type',
      'comparisons/in_map_literal/key_in_mixed_key_type_map',
      'comparisons/in_map_literal/key_in_mixed_key_type_map_cross_type',
      'conversions/dyn/dyn_heterogeneous_list',
      'fields/map_fields/map_key_int64',
      'fields/map_fields/map_key_uint64',
      'fields/map_fields/map_key_mixed_type',
      'fields/map_fields/map_key_mixed_numbers_double_key',
      'fields/map_fields/map_key_mixed_numbers_uint_key',
      'fields/map_fields/map_key_mixed_numbers_int_key',
      'fields/map_fields/map_value_mix_type',
      'fields/in/mixed_numbers_and_keys_present',
      'fields/in/mixed_numbers_and_keys_absent',
      'macros/exists/list_elem_type_shortcircuit',
      'macros/exists/list_elem_type_exhaustive',
      'macros/exists/map_key_type_shortcircuit',
      'macros/exists/map_key_type_exhaustive',
      'macros/all/list_elem_type_shortcircuit',
      'macros2/exists/list_elem_type_shortcircuit',
      'macros2/exists/list_elem_type_exhaustive',
      'macros2/exists/map_key_type_shortcircuit',
      'macros2/exists/map_key_type_exhaustive',
      'macros2/all/list_elem_type_shortcircuit',
      'macros2/all/list_elem_type_exhaustive',
      'optionals/optionals/optional_chaining_13',
      'optionals/optionals/map_key_mixed_type_optindex_value',
      'optionals/optionals/map_key_mixed_numbers_double_key_optindex_value',
      'optionals/optionals/map_key_mixed_numbers_uint_key_optindex_value',
      'optionals/optionals/map_key_mixed_numbers_int_key_optindex_value',
      'string_ext/format/multiple substitutions',
      'string_ext/format/list support for string',
      'string_ext/format/map support for string',
      'string_ext/format/map support (all key types)',
      'string_ext/format/dyntype support for lists',
      'string_ext/format/dyntype support for maps',
      'string_ext/format/multiple substitutions in a string variable',
    ],
  },
  {
    reason: 'Field names in backticks: Kubernetes does not turn them on.',
    problem: /^unsupported syntax: '`'$/,
    paths: [
      'fields/quoted_map_fields/field_access_slash',
      'fields/quoted_map_fields/field_access_dash',
      'fields/quoted_map_fields/field_access_dot',
      'fields/quoted_map_fields/has_field_slash',
      'fields/quoted_map_fields/has_field_dash',
      'fields/quoted_map_fields/has_field_dot',
    ],
  },
  {
    reason:
      'Later versions of format(); Kubernetes has version 2 of the string library, which writes numbers as English does.',
    problem:
      /^(?:not equal to "|error during formatting: decimal clause can only be used on integers, was given double$)/,
    paths: [
      'string_ext/format/scientific notation formatting clause',
      'string_ext/format/default precision for scientific notation',
      'string_ext/format/positive infinity support for scientific notation',
      'string_ext/format/negative infinity support for scientific notation',
      'string_ext/format/NaN support for decimal',
      'string_ext/format/positive infinity support for decimal',
      'string_ext/format/negative infinity support for decimal',
      'string_ext/format/positive infinity support for fixed-point',
      'string_ext/format/negative infinity support for fixed-point',
      'string_ext/format/dyntype support for scientific notation',
      'string_ext/format/dyntype NaN/infinity support',
      'string_ext/format/scientific notation formatting clause in a string variable',
    ],
  },
  {
    reason:
      'A field of a scalar after an optional field is none, as in Kubernetes (no EnableErrorOnBadPresenceTest).',
    problem: /^an error was expected, not false$/,
    paths: [
      'optionals/optionals/map_null_entry_no_such_key',
      'optionals/optionals/map_present_key_invalid_field',
    ],
  },
  {
    reason: 'Of a key that is written twice the last value counts, as in the original.',
    problem: /^an error was expected, not 3$/,
    paths: ['fields/qualified_identifier_resolution/map_value_repeat_key'],
  },
  {
    reason:
      'An offset behind the end finds nothing, as in the version of the string library that Kubernetes has.',
    problem: /^an error was expected, not true$/,
    paths: [
      'string_ext/value_errors/indexof_out_of_range',
      'string_ext/value_errors/lastindexof_out_of_range',
    ],
  },
];

/** What is left out, by path. */
export const LEFT_OUT: ReadonlyMap<string, LeftOut> = new Map(
  GROUPS.flatMap((group) => group.paths.map((path) => [path, group] as const)),
);
