using System.Net;

namespace Fairway.Dns.Serving;

/// <summary>Counts what each client has open, so that none takes the place of others.</summary>
/// <param name="most">Per client.</param>
internal sealed class ClientQuota(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];

    public bool TryEnter(IPAddress client)
    {
        lock (_gate)
        {
            int open = _open.GetValueOrDefault(client);
            if (open >= most)
                return false;
            _open[client] = open + 1;
            return true;
        }
    }

    public void Leave(IPAddress client)
    {
        lock (_gate)
        {
            if (--_open[client] == 0)
                _open.Remove(client);
        }
    }
}
