using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

public sealed unsafe partial class BpfMap
{
    private const int EntriesPerBatch = 1024;

    /// <summary>
    /// Reads all entries, many with one system call where the kernel can. Entries added or removed meanwhile may be missing or, rarely, come twice;
    /// no more come than the map has room for.
    /// </summary>
    /// <returns>The entries; the arrays belong to the caller.</returns>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Enumerate()
    {
        foreach (Page page in Pages(linux_bpf.BPF_MAP_LOOKUP_BATCH))
        {
            for (int i = 0; i < page.Count; i++)
                yield return new(page.Keys.AsSpan(i * KeySize, KeySize).ToArray(), page.Values.AsSpan(i * TransferSize, TransferSize).ToArray());
        }
    }

    /// <summary>Reads all entries page by page; the arrays are reused.</summary>
    /// <param name="command">BPF_MAP_LOOKUP_BATCH or BPF_MAP_LOOKUP_AND_DELETE_BATCH.</param>
    internal IEnumerable<Page> Pages(int command)
    {
        if (KeySize == 0)
            throw new InvalidOperationException($"bpf map '{Name}' ({Type}) has no keys to walk over");
        int room = (int)Math.Clamp(MaxEntries, 1, EntriesPerBatch);
        var page = new Page { Keys = new byte[room * KeySize], Values = new byte[room * TransferSize] };
        byte[] token = new byte[TokenSize];
        byte[] next = new byte[TokenSize];
        bool first = true;
        bool last = false;
        for (long left = MaxEntries; left > 0 && !last; left -= page.Count)
        {
            Errno errno = ReadPage(command, first ? [] : token, next, page);
            if (first && HasNoBatches(errno))
            {
                foreach (Page single in SinglePages(command == linux_bpf.BPF_MAP_LOOKUP_AND_DELETE_BATCH))
                    yield return single;
                yield break;
            }
            last = errno == Errno.ENOENT || page.Count == 0;
            if (page.Count > 0)
                yield return page;
            (token, next) = (next, token);
            first = false;
        }
    }

    private Errno ReadPage(int command, ReadOnlySpan<byte> token, Span<byte> next, Page page)
    {
        while (true)
        {
            int count = page.Keys.Length / KeySize;
            Errno errno = Batch(command, token, next, page.Keys, page.Values, ref count);
            page.Count = errno is Errno.None or Errno.ENOENT or Errno.EINTR ? count : 0;
            // EINTR: an entry vanished under the kernel's hands; what was read until then is good, if there is any.
            if (errno is Errno.None or Errno.ENOENT || (errno == Errno.EINTR && count > 0))
                return errno;
            if (errno == Errno.EINTR)
                continue;
            if (errno == Errno.ENOSPC)
                page.Double(KeySize, TransferSize); // one bucket of a hash table has more entries than the page
            else if (token.IsEmpty && HasNoBatches(errno))
                return errno;
            else
                throw new LinuxException(errno, "read bpf map", Name);
        }
    }

    /// <summary>The way without batches: key by key.</summary>
    private IEnumerable<Page> SinglePages(bool take)
    {
        var page = new Page { Keys = new byte[KeySize], Values = new byte[TransferSize] };
        byte[] key = [];
        byte[] next = new byte[KeySize];
        for (long left = MaxEntries; left > 0 && TryGetNextKey(key, next); left--)
        {
            page.Count = TryGet(next, page.Values) ? 1 : 0;
            next.CopyTo(page.Keys, 0);
            if (take)
                Remove(next);
            if (page.Count > 0)
                yield return page;
            if (take)
                continue; // the first key again, for this one is gone
            key = page.Keys;
        }
    }

    internal sealed class Page
    {
        public required byte[] Keys { get; set; }

        public required byte[] Values { get; set; }

        public int Count { get; set; }

        public void Double(int keySize, int transferSize)
        {
            int room = Keys.Length / keySize * 2;
            Keys = new byte[room * keySize];
            Values = new byte[room * transferSize];
        }
    }
}
