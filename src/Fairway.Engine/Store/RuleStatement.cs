using System.Buffers;
using System.Text;
using Fairway.Model.Json;
using Fairway.Model.Policies;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fairway.Engine.Store;

/// <summary>
/// Writes rows of table <c>rules</c>, 100,000 at a time: documents go to SQLite as the bytes they were written as. A command of the
/// provider makes a string, a reader and a transaction's check of each row, three times the time.
/// </summary>
internal sealed class RuleStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly ArrayBufferWriter<byte> _document = new();
    private readonly AclRuleWriter _writer;

    public RuleStatement(SqliteConnection connection)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, "INSERT OR REPLACE INTO rules (owner, number, document) VALUES (?1, ?2, ?3)", raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _writer = new AclRuleWriter(_document, sparse: true);
    }

    public void Run(string owner, IReadOnlyList<AclRule> rules)
    {
        Check(raw.sqlite3_bind_text(_statement, 1, Encoding.UTF8.GetBytes(owner)));
        foreach (var rule in rules)
        {
            _document.ResetWrittenCount();
            _writer.Write(_document, rule);
            Check(raw.sqlite3_bind_int64(_statement, 2, rule.Number));
            Check(raw.sqlite3_bind_text(_statement, 3, _document.WrittenSpan));
            var result = raw.sqlite3_step(_statement);
            // The reset says again what went wrong.
            raw.sqlite3_reset(_statement);
            if (result != raw.SQLITE_DONE) Check(result);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _statement.Dispose();
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException($"SQLite Error {result}: '{raw.sqlite3_errmsg(_database).utf8_to_string()}'.", result & 0xFF, result);
    }
}
