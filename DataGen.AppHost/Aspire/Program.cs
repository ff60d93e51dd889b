using DataGen.AppHost.AppModel;

var builder = DistributedApplication.CreateBuilder(args);

var target = DeploymentTarget.Add(builder);
var settings = SharedSettings.Add(builder);
var backends = Backends.Add(builder);
var meeting = Meeting.Add(builder, settings);

var runner = builder.AddRunner(settings, backends, target, meeting);
var tasks = builder.AddTasks(settings, backends, target, meeting, runner);
var web = builder.AddWeb(settings, target, meeting, tasks);
builder.AddGateway(settings, backends, target, tasks, web);

builder.Build().Run();
