using Fairway.Model.Json;
using Fairway.Model.Policies;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Tables <c>policies</c>, <c>rules</c> and <c>sets</c>: a row for each rule, so that changing one of 100,000 writes one.</summary>
internal sealed class PolicyRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _putOwner = new(connection, "INSERT OR REPLACE INTO policies (owner, last_number) VALUES (?1, ?2)");
    private readonly Statement _deleteOwner = new(connection, "DELETE FROM policies WHERE owner = ?1");
    private readonly RuleStatement _putRules = new(connection);
    private readonly Statement _deleteRule = new(connection, "DELETE FROM rules WHERE owner = ?1 AND number = ?2");
    private readonly Statement _deleteRules = new(connection, "DELETE FROM rules WHERE owner = ?1");
    private readonly Statement _putSet = new(connection, "INSERT OR REPLACE INTO sets (owner, id, document) VALUES (?1, ?2, ?3)");
    private readonly Statement _deleteSet = new(connection, "DELETE FROM sets WHERE owner = ?1 AND id = ?2");
    private readonly Statement _deleteSets = new(connection, "DELETE FROM sets WHERE owner = ?1");

    public static List<PolicySet> Load(SqliteConnection connection)
    {
        var rules = Statement.Read(connection, "SELECT owner, document FROM rules ORDER BY owner, number",
            row => (Owner: Guid.Parse(row.GetString(0)), Rule: FairwayJson.Deserialize<AclRule>(row.GetString(1)))).ToLookup(row => row.Owner, row => row.Rule);
        var sets = Statement.Read(connection, "SELECT owner, document FROM sets",
            row => (Owner: Guid.Parse(row.GetString(0)), Set: FairwayJson.Deserialize<AddressSet>(row.GetString(1)))).ToLookup(row => row.Owner, row => row.Set);
        return Statement.Read(connection, "SELECT owner, last_number FROM policies", row => (Owner: Guid.Parse(row.GetString(0)), Last: (uint)row.GetInt64(1)))
            .ConvertAll(row => PolicySet.Load(row.Owner, rules[row.Owner], sets[row.Owner], row.Last));
    }

    public void Put(Guid owner, uint lastNumber, PolicyChange change)
    {
        var key = Documents.Key(owner);
        _putOwner.Run(key, lastNumber);
        foreach (var rule in change.Removed)
            _deleteRule.Run(key, rule.Number);
        _putRules.Run(key, change.Added);
        foreach (var id in change.RemovedSets)
            _deleteSet.Run(key, id);
        foreach (var set in change.AddedSets)
            _putSet.Run(key, set.Id, FairwayJson.Serialize(set));
    }

    public void Delete(Guid owner)
    {
        var key = Documents.Key(owner);
        _deleteOwner.Run(key);
        _deleteRules.Run(key);
        _deleteSets.Run(key);
    }

    public void Dispose()
    {
        _putOwner.Dispose();
        _deleteOwner.Dispose();
        _putRules.Dispose();
        _deleteRule.Dispose();
        _deleteRules.Dispose();
        _putSet.Dispose();
        _deleteSet.Dispose();
        _deleteSets.Dispose();
    }
}
