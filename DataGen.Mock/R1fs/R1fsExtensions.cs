using DataGen.Mock.Node;
using Microsoft.AspNetCore.Http.Features;

namespace DataGen.Mock.R1fs;

/// <summary>
/// R1FS at the root, where only <c>/get_status</c> is CStore's, and once more under <c>/r1fs</c> with its own. YAML and
/// pickle are left out: they would need a YAML library and Python.
/// </summary>
internal static class R1fsExtensions
{
    public static IHostApplicationBuilder AddR1fs(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<FormOptions>(options => options.MultipartBodyLengthLimit = long.MaxValue);
        builder.Services.AddSingleton<R1fsFolder>();
        builder.Services.AddSingleton<R1fsCalls>();
        return builder;
    }

    public static IEndpointRouteBuilder MapR1fs(this IEndpointRouteBuilder endpoints)
    {
        var calls = endpoints.ServiceProvider.GetRequiredService<R1fsCalls>();
        var guarded = endpoints.BehindNodeSecret();
        Map(guarded, calls);
        var group = guarded.MapGroup("/r1fs");
        group.MapGet("/get_status", context => calls.RunAsync(context, R1fsCalls.StatusAsync));
        Map(group, calls);
        return endpoints;
    }

    private static void Map(IEndpointRouteBuilder endpoints, R1fsCalls calls)
    {
        endpoints.MapPost("/add_file", context => calls.RunAsync(context, calls.AddFileAsync));
        endpoints.MapPost("/add_file_base64", context => calls.RunAsync(context, calls.AddBase64Async));
        endpoints.MapPost("/add_json", context => calls.RunAsync(context, calls.AddJsonAsync));
        endpoints.MapPost("/calculate_json_cid", context => calls.RunAsync(context, R1fsCalls.CalculateJsonAsync));
        endpoints.MapGet("/get_file", context => calls.RunAsync(context, calls.GetFileAsync));
        endpoints.MapPost("/get_file_base64", context => calls.RunAsync(context, calls.GetBase64Async));
        endpoints.MapPost("/delete_file", context => calls.RunAsync(context, calls.DeleteAsync));
        endpoints.MapPost("/delete_files", context => calls.RunAsync(context, calls.DeleteManyAsync));
    }
}
