package dev.mcpguard.rego.builtins;

import dev.mcpguard.rego.value.ObjectValue;
import java.util.List;
import java.util.Map;

/**
 * The families of builtins with the names of their members. A family is put together when a policy first
 * names one of them: making all of them was half of the time a first load took.
 */
enum Family {
  COMPARISON("eq assign equal neq lt lte gt gte"),
  ARITHMETIC("plus minus mul div rem abs round ceil floor"),
  AGGREGATE("count sum product max min sort internal.member_2 internal.member_3"),
  COLLECTION("and or intersection union array.concat array.slice array.reverse array.flatten"),
  TYPE(
      "is_null is_boolean is_number is_string is_array is_object is_set type_name to_number"),
  OBJECT("object.get object.keys object.union object.union_n object.remove object.filter"),
  SUBSET("object.subset"),
  STRING(
      "contains startswith endswith lower upper strings.reverse strings.count indexof indexof_n " +
      "substring concat split strings.any_prefix_match strings.any_suffix_match"),
  REPLACE(
      "replace strings.replace_n trim trim_left trim_right trim_prefix trim_suffix trim_space"),
  FORMAT("format_int sprintf internal.template_string internal.print print trace"),
  NUMBER(
      "numbers.range numbers.range_step rand.intn bits.and bits.or bits.xor bits.lsh bits.rsh " +
      "bits.negate"),
  GRAPH("graph.reachable graph.reachable_paths walk"),
  VERSION("semver.compare semver.is_valid"),
  UNIT("units.parse units.parse_bytes"),
  UUID("uuid.parse uuid.rfc4122"),
  REGEX(
      "regex.match regex.is_valid regex.find_n regex.find_all_string_submatch_n regex.replace " +
      "regex.split regex.template_match regex.globs_match"),
  GLOB("glob.match glob.quote_meta"),
  TIME(
      "time.now_ns time.parse_ns time.parse_rfc3339_ns time.parse_duration_ns time.format time.date " +
      "time.clock time.weekday time.add_date time.diff"),
  NET(
      "net.cidr_contains net.cidr_intersects net.cidr_is_valid net.cidr_expand net.cidr_merge " +
      "net.cidr_contains_matches"),
  ENCODING(
      "base64.encode base64.decode base64url.encode base64url.encode_no_pad base64url.decode " +
      "hex.encode hex.decode base64.is_valid"),
  URL("urlquery.encode urlquery.decode urlquery.encode_object urlquery.decode_object"),
  JSON("json.marshal json.marshal_with_options json.unmarshal json.is_valid"),
  JSON_PATH("json.filter json.remove json.patch"),
  HASH(
      "crypto.md5 crypto.sha1 crypto.sha256 crypto.hmac.md5 crypto.hmac.sha1 crypto.hmac.sha256 " +
      "crypto.hmac.sha512 crypto.hmac.equal"),
  CERTIFICATE(
      "crypto.x509.parse_certificates crypto.x509.parse_and_verify_certificates " +
      "crypto.x509.parse_and_verify_certificates_with_options " +
      "crypto.x509.parse_certificate_request crypto.x509.parse_rsa_private_key " +
      "crypto.x509.parse_keypair"),
  TOKEN(
      "io.jwt.decode io.jwt.decode_verify io.jwt.encode_sign io.jwt.encode_sign_raw " +
      "io.jwt.verify_rs256 io.jwt.verify_rs384 io.jwt.verify_rs512 io.jwt.verify_ps256 " +
      "io.jwt.verify_ps384 io.jwt.verify_ps512 io.jwt.verify_es256 io.jwt.verify_es384 " +
      "io.jwt.verify_es512 io.jwt.verify_eddsa io.jwt.verify_hs256 io.jwt.verify_hs384 " +
      "io.jwt.verify_hs512"),
  SCHEMA("json.verify_schema json.match_schema"),
  YAML("yaml.marshal yaml.unmarshal yaml.is_valid"),
  TEMPLATE("strings.render_template"),
  RUNTIME("opa.runtime");

  private final List<String> names;

  Family(String names) {
    this.names = List.of(names.split(" "));
  }

  List<String> names() {
    return names;
  }

  /** Makes the builtins of the family. */
  Map<String, Builtin> create() {
    Registry registry = new Registry();
    register(registry);
    return registry.all();
  }

  private void register(Registry registry) {
    switch (this) {
      case COMPARISON -> ComparisonBuiltins.register(registry);
      case ARITHMETIC -> ArithmeticBuiltins.register(registry);
      case AGGREGATE -> AggregateBuiltins.register(registry);
      case COLLECTION -> CollectionBuiltins.register(registry);
      case TYPE -> TypeBuiltins.register(registry);
      case OBJECT -> ObjectBuiltins.register(registry);
      case SUBSET -> SubsetBuiltin.register(registry);
      case STRING -> StringBuiltins.register(registry);
      case REPLACE -> ReplaceBuiltins.register(registry);
      case FORMAT -> FormatBuiltins.register(registry);
      case NUMBER -> NumberBuiltins.register(registry);
      case GRAPH -> GraphBuiltins.register(registry);
      case VERSION -> VersionBuiltins.register(registry);
      case UNIT -> UnitBuiltins.register(registry);
      case UUID -> UuidBuiltins.register(registry);
      case REGEX -> RegexBuiltins.register(registry);
      case GLOB -> GlobBuiltins.register(registry);
      case TIME -> TimeBuiltins.register(registry);
      case NET -> NetBuiltins.register(registry);
      case ENCODING -> EncodingBuiltins.register(registry);
      case URL -> UrlBuiltins.register(registry);
      case JSON -> JsonBuiltins.register(registry);
      case JSON_PATH -> JsonPathBuiltins.register(registry);
      case HASH -> HashBuiltins.register(registry);
      case CERTIFICATE -> CertificateBuiltins.register(registry);
      case TOKEN -> TokenBuiltins.register(registry);
      case SCHEMA -> SchemaBuiltins.register(registry);
      case YAML -> YamlBuiltins.register(registry);
      case TEMPLATE -> TemplateBuiltins.register(registry);
      case RUNTIME ->
          registry.addNondeterministic(
              "opa.runtime", "() => object[string: any]", (_, _) -> ObjectValue.EMPTY);
    }
  }
}
