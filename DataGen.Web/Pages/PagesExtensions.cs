using System.Net.Mime;
using DataGen.Web.Forms;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace DataGen.Web.Pages;

/// <summary>Registers the pages and their pipeline.</summary>
internal static class PagesExtensions
{
    /// <summary>Adds Razor Pages without caching, with status codes for failures of Tasks and plain words for wrong
    /// input.</summary>
    internal static IHostApplicationBuilder AddPages(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddRazorPages()
            .AddMvcOptions(options =>
            {
                options.Filters.Add(
                    new ResponseCacheAttribute { NoStore = true, Location = ResponseCacheLocation.None }
                );
                options.Filters.Add<TasksFailureFilter>();
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                UsePlainWords(options.ModelBindingMessageProvider);
            });
        builder.Services.AddResponseCompression(options =>
        {
            // The only secret in a page is the antiforgery token. It differs in each answer, so the compressed length
            // reveals nothing about it.
            options.EnableForHttps = true;
            options.MimeTypes = [MediaTypeNames.Text.Html];
        });
        builder.Services.AddSingleton<Modules>();
        builder.Services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            // Only the Gateway can reach this service, and only it knows the public origin.
            options.ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
        });
        return builder;
    }

    /// <summary>Uses the error pages, then authenticates the caller.</summary>
    internal static WebApplication UsePages(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseResponseCompression();
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(app.Services.GetRequiredService<Modules>().ServeAsync);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        return app;
    }

    private static void UsePlainWords(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor(
            (value, field) =>
                field == nameof(NewTask.Temperature)
                    ? $"“{value}” is not a usable number."
                    : $"“{value}” is not a usable whole number."
        );
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value}” cannot be used here.");
        messages.SetValueMustBeANumberAccessor(field => $"{field} must be a number.");
    }
}
