import semver from 'semver';

/** Helm's ranges have commas where npm's have spaces. */
export const rangeOf = (version: string): string | null => semver.validRange(version.replaceAll(',', ' '));

/** Who names a pre-release in a range wants them all. */
const wantsPrereleases = (range: string): boolean => /\d-[0-9a-z]/i.test(range);

/** The version that is meant: itself, or the highest of a range; '' is the newest that is no pre-release. */
export function chooseVersion(versions: readonly string[], wanted: string): string | undefined {
  if (versions.includes(wanted)) return wanted;
  const exact = semver.valid(wanted);
  if (exact !== null) return versions.find((version) => semver.valid(version) === exact);
  const range = wanted === '' ? '*' : wanted.replaceAll(',', ' ');
  const options = { includePrerelease: wantsPrereleases(range) };
  const fit = versions.filter(
    (version) => semver.valid(version) !== null && semver.satisfies(version, range, options),
  );
  return fit.sort(semver.rcompare)[0];
}
