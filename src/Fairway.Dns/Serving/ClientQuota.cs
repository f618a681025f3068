namespace Fairway.Dns.Serving;

/// <summary>Counts what each client has open, so that none takes the place of others. While few have much open a client may have much; in a crowd it may not.</summary>
/// <param name="most">Per client.</param>
/// <param name="crowd">What all have open together, from which on it is a crowd.</param>
/// <param name="modest">Per client in a crowd.</param>
internal sealed class ClientQuota(int most, int crowd, int modest)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Client, int> _open = [];
    private int _all;

    public bool TryEnter(Client client)
    {
        lock (_gate)
        {
            int open = _open.GetValueOrDefault(client);
            if (open >= (_all < crowd ? most : modest))
                return false;
            _open[client] = open + 1;
            _all++;
            return true;
        }
    }

    public void Leave(Client client)
    {
        lock (_gate)
        {
            _all--;
            if (--_open[client] == 0)
                _open.Remove(client);
        }
    }
}
