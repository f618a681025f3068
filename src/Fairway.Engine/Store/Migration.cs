namespace Fairway.Engine.Store;

/// <summary>One step from a schema version to the next.</summary>
/// <param name="Version">The version after it.</param>
/// <param name="Told">What it does, for whoever reads the log.</param>
/// <param name="Sql">The statements.</param>
internal sealed record Migration(int Version, string Told, string Sql)
{
    /// <summary>
    /// All steps in order; a new store goes through every one. A released step is never edited. Each needs a database of the version
    /// before it among the fixtures of the store's tests.
    /// </summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new(1, "create the tables", """
            CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE networks (id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, document TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE endpoints (
                id TEXT PRIMARY KEY,
                network TEXT NOT NULL REFERENCES networks (id) DEFERRABLE INITIALLY DEFERRED,
                port INTEGER NOT NULL UNIQUE,
                document TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE namespaces (id TEXT PRIMARY KEY, compartment INTEGER NOT NULL UNIQUE, document TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE publications (
                id INTEGER PRIMARY KEY,
                endpoint TEXT NOT NULL REFERENCES endpoints (id) DEFERRABLE INITIALLY DEFERRED,
                number4 INTEGER NOT NULL,
                number6 INTEGER NOT NULL,
                document TEXT NOT NULL);
            CREATE UNIQUE INDEX publications_by_number ON publications (number4, number6);
            CREATE TABLE leases (
                network TEXT NOT NULL REFERENCES networks (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                address TEXT NOT NULL,
                endpoint TEXT NOT NULL,
                netns_cookie INTEGER NOT NULL,
                freed_at INTEGER,
                PRIMARY KEY (network, address)) WITHOUT ROWID;
            CREATE TABLE generations (port INTEGER PRIMARY KEY, generation INTEGER NOT NULL);
            CREATE TABLE settings (name TEXT PRIMARY KEY, original TEXT NOT NULL) WITHOUT ROWID;
            """),
        new(2, "remember in which boot a lease was taken, and where the searches for free addresses and numbers ended", """
            ALTER TABLE leases ADD COLUMN boot_id TEXT NOT NULL DEFAULT '';
            CREATE TABLE cursors (kind TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE positions (
                network TEXT NOT NULL REFERENCES networks (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                prefix TEXT NOT NULL,
                position TEXT NOT NULL,
                PRIMARY KEY (network, prefix)) WITHOUT ROWID;
            """),
        new(3, "hold access rules and address sets", """
            CREATE TABLE policies (owner TEXT PRIMARY KEY, last_number INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE rules (owner TEXT NOT NULL, number INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (owner, number)) WITHOUT ROWID;
            CREATE TABLE sets (owner TEXT NOT NULL, id TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (owner, id)) WITHOUT ROWID;
            """),
        new(4, "hold load balancers", """
            CREATE TABLE load_balancers (id TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
            """),
        new(5, "hold routes", """
            CREATE TABLE routes (id TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
            """),
    ];

    /// <summary>The version this release writes.</summary>
    public static int Newest => All[^1].Version;
}
