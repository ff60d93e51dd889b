using DataGen.Mock.Node;
using DataGen.Mock.Settings;
using DataGen.Mock.Storage;
using Microsoft.Data.Sqlite;

namespace DataGen.Mock.CStore;

/// <summary>CStore at the root, and the same data seen from a second node under <c>/replica</c>.</summary>
internal static class CStoreExtensions
{
    public static IHostApplicationBuilder AddCStore(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StoreDatabase>();
        builder.Services.AddSingleton<CStoreCalls>();
        return builder;
    }

    public static WebApplication MapCStore(this WebApplication app)
    {
        OpenDatabase(app);
        var calls = app.Services.GetRequiredService<CStoreCalls>();
        var guarded = app.BehindNodeSecret();
        Map(guarded, StoreNode.Main, calls);
        Map(guarded.MapGroup("/replica"), StoreNode.Replica, calls);
        return app;
    }

    private static void Map(IEndpointRouteBuilder endpoints, StoreNode node, CStoreCalls calls)
    {
        endpoints.MapGet("/get_status", context => calls.StatusAsync(context, node));
        endpoints.MapGet("/get", context => calls.GetAsync(context, node));
        endpoints.MapGet("/hget", context => calls.HashGetAsync(context, node));
        endpoints.MapGet("/hgetall", context => calls.HashGetAllAsync(context, node));
        endpoints.MapPost("/set", context => calls.SetAsync(context, node, isHash: false));
        endpoints.MapPost("/hset", context => calls.SetAsync(context, node, isHash: true));
        endpoints.MapPost("/hsync", context => calls.HashSyncAsync(context, node));
    }

    /// <summary>Opens it now, so that a file which is no database stops the start and not the first call.</summary>
    private static void OpenDatabase(WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<StoreDatabase>();
        }
        catch (SqliteException exception)
        {
            var path = app.Services.GetRequiredService<DataFolder>().Database;
            throw MockSettingsReader.BadDataDirectory(
                app.Configuration,
                $"'{path}' cannot be opened: {exception.Message}"
            );
        }
    }
}
